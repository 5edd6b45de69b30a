import type { Notice } from '../../../engine/journal/record.ts'
import { defang } from '../../../lib/text/defang.ts'
import { noticeWords } from '../copy.ts'
import { context, escaped, header, plainText, section } from './blocks.ts'
import { fitToLimits, type SlackMessage } from './limits.ts'

/** A notice in Slack: an unreadable event, a skipped event, a processing error, a pause. */
export function slackNotice({ kind, playbook, rule, says, at }: Notice): SlackMessage {
  const about = defang(kind === 'paused' || kind === 'resumed' ? playbook || 'all' : rule, 90)
  const title = `${noticeWords[kind]}: ${about}`
  const text = escaped(`${title}. ${defang(says, 600)}`)
  const drafts = [
    { block: header(title) },
    { block: section(plainText(defang(says, 1000))) },
    { block: context(plainText(`${defang(playbook, 60)} · ${at.slice(0, 19).replace('T', ' ')} UTC`)) },
  ]
  return fitToLimits(text, drafts, context(plainText('more in the logs')))
}
