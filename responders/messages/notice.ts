import type { Notice } from '../../engine/journal/record.ts'
import { defang } from '../../lib/text/defang.ts'
import { context, escaped, header, plain, section } from './blocks.ts'
import { noticeWords } from './copy.ts'
import { fitted, type SlackMessage } from './limits.ts'

/** What an event nobody could read, a guard that held, trouble, or a pause is in Slack. */
export function slackNotice({ kind, playbook, rule, says, at }: Notice): SlackMessage {
  const about = defang(kind === 'paused' || kind === 'resumed' ? playbook || 'all' : rule, 90)
  const title = `${noticeWords[kind]}: ${about}`
  const text = escaped(`${title}. ${defang(says, 600)}`)
  const drafts = [
    { block: header(title) },
    { block: section(plain(defang(says, 1000))) },
    { block: context(plain(`${defang(playbook, 60)} · ${at.slice(0, 19).replace('T', ' ')} UTC`)) },
  ]
  return fitted(text, drafts, context(plain('more in the logs')))
}
