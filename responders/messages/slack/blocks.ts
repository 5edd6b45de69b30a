import type {
  Button,
  ConfirmationDialog,
  ContextBlock,
  HeaderBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types'
import { cutText, slackLimits } from './limits.ts'

/**
 * The only three characters that begin anything in Slack: a mention, a link, a date. It reads them so in plain text
 * too. Source: Slack, "Formatting message text", Escaping text.
 */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Slack takes no empty text; what an event held may be empty once it is inert. */
const nothing = '–'

/** Text that is text: no formatting, no emoji by name. */
export const plainText = (text: string, most: number = slackLimits.section): PlainTextElement => ({
  type: 'plain_text',
  text: cutText(escaped(text) || nothing, most),
  emoji: false,
})

/** Text with marks of ours: `verbatim` keeps Slack from making links and mentions of what looks like them. */
export const mrkdwn = (text: string, most: number = slackLimits.section): MrkdwnElement => ({
  type: 'mrkdwn',
  text: cutText(text, most),
  verbatim: true,
})

const mark = /[*_~`]/

/** Escaped, in bold; as code where it holds a mark that would break the bold. */
export const bold = (text: string): string => (mark.test(text) ? codeSpan(text) : `*${escaped(text)}*`)

/** Escaped; as code where it holds a mark that would change how it looks. */
export const literal = (text: string): string => (mark.test(text) ? codeSpan(text) : escaped(text))

/** Escaped, as code on one line. */
export const codeSpan = (text: string): string => `\`${escaped(text).replaceAll('`', "'") || nothing}\``

/** Escaped items as a block of code, whole ones only, at most `most` characters; the rest, and `more`, is counted. */
export function codeBlock(items: string[], most: number, more = 0): string {
  const kept: string[] = []
  let left = most - 40
  for (const item of items) {
    const safe = escaped(item).replaceAll('`', "'")
    left -= safe.length + 1
    if (left < 0) break
    kept.push(safe)
  }
  const rest = items.length - kept.length + more
  return `\`\`\`${[...kept, ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n')}\`\`\``
}

export const header = (text: string): HeaderBlock => ({
  type: 'header',
  text: plainText(text, slackLimits.header),
})

export const section = (text: PlainTextElement | MrkdwnElement): SectionBlock => ({ type: 'section', text })

/** Label and value, two beside each other. */
export const fields = (facts: [string, string][]): SectionBlock => ({
  type: 'section',
  fields: facts.slice(0, slackLimits.fields).map(([label, value]) => {
    const bare = /^[A-Z][a-z]+$|^\d{12} [a-z0-9, -]+$/.test(value)
    return mrkdwn(`${bold(label)}\n${bare ? value : codeSpan(value)}`, slackLimits.field)
  }),
})

export const context = (...elements: (PlainTextElement | MrkdwnElement)[]): ContextBlock => ({
  type: 'context',
  elements: elements.slice(0, slackLimits.context),
})

export const button = (
  { id, label, value }: { id: string; label: string; value: string },
  more: Partial<Button> = {},
): Button => ({
  type: 'button',
  action_id: id,
  text: plainText(label, slackLimits.button),
  value: value.slice(0, slackLimits.value),
  ...more,
})

export const confirmDialog = (title: string, text: string, yes: string): ConfirmationDialog => ({
  title: plainText(title, slackLimits.confirmTitle),
  text: plainText(text, slackLimits.confirmText),
  confirm: plainText(yes, slackLimits.confirmButton),
  deny: plainText('Cancel', slackLimits.confirmButton),
})
