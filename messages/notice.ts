import type { Notice } from '../engine/record.ts'
import { context, escaped, header, plain, section } from './blocks.ts'
import { fitted, type Message } from './limits.ts'
import { quote } from './quote.ts'
import { noticeWords } from './words.ts'

/** What an event nobody could read, a guard that held, trouble, or a pause is in Slack. */
export function slackNotice({ kind, playbook, rule, says, at }: Notice): Message {
  const about = quote(kind === 'paused' || kind === 'resumed' ? playbook || 'all' : rule, 90)
  const title = `${noticeWords[kind]}: ${about}`
  const text = escaped(`${title}. ${quote(says, 600)}`)
  const drafts = [
    { block: header(title) },
    { block: section(plain(quote(says, 1000))) },
    { block: context(plain(`${quote(playbook, 60)} · ${at.slice(0, 19).replace('T', ' ')} UTC`)) },
  ]
  return fitted(text, drafts, context(plain('more in the logs')))
}
