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
 * Escapes the three characters with a meaning in Slack, also in plain text: they begin mentions, links and dates.
 * Source: Slack, "Formatting message text", Escaping text.
 */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Slack refuses empty text, and a text from an event may be empty once it is sanitized. */
const emptyText = '–'

/** Plain text: no formatting, and no emoji by name. */
export const plainText = (text: string, max: number = slackLimits.section): PlainTextElement => ({
  type: 'plain_text',
  text: cutText(escaped(text) || emptyText, max),
  emoji: false,
})

/** Text with our own formatting. `verbatim` stops Slack from turning text into links and mentions. */
export const mrkdwn = (text: string, max: number = slackLimits.section): MrkdwnElement => ({
  type: 'mrkdwn',
  text: cutText(text, max),
  verbatim: true,
})

const formatting = /[*_~`]/

/** Escaped, in bold; as code if it contains a formatting character. */
export const bold = (text: string): string => (formatting.test(text) ? codeSpan(text) : `*${escaped(text)}*`)

/** Escaped; as code if it contains a formatting character. */
export const literal = (text: string): string => (formatting.test(text) ? codeSpan(text) : escaped(text))

/** Escaped, as inline code. */
export const codeSpan = (text: string): string => `\`${escaped(text).replaceAll('`', "'") || emptyText}\``

/** Escaped items as a code block of at max `max` characters. Only whole items are kept; the rest and `more` are counted. */
export function codeBlock(items: string[], max: number, more = 0): string {
  const kept: string[] = []
  let left = max - 40
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

/** Labels and values in two columns. */
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
