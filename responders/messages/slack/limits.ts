import type { KnownBlock } from '@slack/types'

/**
 * Slack's limits in characters and elements, with a margin where Slack counts differently than documented: a section
 * may hold 3,000, and a message fails at about 13,000 (`msg_blocks_too_long`). Source: Slack, Block Kit reference.
 */
export const slackLimits = {
  blocks: 50,
  section: 2800,
  header: 150,
  fields: 10,
  field: 2000,
  context: 10,
  actions: 25,
  button: 75,
  value: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  message: 10_000,
} as const

/** Cuts a text to `max` UTF-16 code units, never inside a character or an escape such as `&amp;`. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  let kept = ''
  for (const letter of text) {
    if (kept.length + letter.length > max - 1) break
    kept += letter
  }
  return `${kept.replace(/&[a-z]{0,3}$/, '').trimEnd()}…`
}

/** A block. With `drop` it is optional; of the optional blocks, the one with the highest number is dropped first. */
export interface SlackDraft {
  block: KnownBlock
  drop?: number
}

export interface SlackMessage {
  text: string
  blocks: KnownBlock[]
}

/** Fits a message to Slack's limits: drops the least important blocks and puts `more` in their place. */
export function fitToLimits(text: string, drafts: SlackDraft[], more: KnownBlock): SlackMessage {
  const kept = [...drafts]
  const message = (): SlackMessage => {
    const blocks = kept.map(({ block }) => block)
    const gap = drafts.findIndex((draft, index) => kept[index] !== draft)
    return { text, blocks: gap < 0 ? blocks : blocks.toSpliced(gap, 0, more) }
  }
  while (isOver(message())) {
    const highest = Math.max(...kept.map(({ drop = 0 }) => drop))
    if (highest === 0) break
    const last = kept.findLastIndex(({ drop }) => drop === highest)
    kept.splice(last, 1)
  }
  return message()
}

const isOver = (message: SlackMessage): boolean =>
  message.blocks.length > slackLimits.blocks || JSON.stringify(message).length > slackLimits.message
