import type { KnownBlock } from '@slack/types'

/**
 * What Slack takes, in characters and pieces, less a margin where it cuts differently than it says. A section may
 * hold 3,000; a whole message fails at about 13,000 (`msg_blocks_too_long`). Source: Slack, Block Kit reference.
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

/** At most `most` UTF-16 units: never half a character, never half an escape like `&amp;`. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const letter of text) {
    if (kept.length + letter.length > most - 1) break
    kept += letter
  }
  return `${kept.replace(/&[a-z]{0,3}$/, '').trimEnd()}…`
}

/** A block, and when it may go: of what may, the highest number goes first. */
export interface SlackDraft {
  block: KnownBlock
  drop?: number
}

export interface SlackMessage {
  text: string
  blocks: KnownBlock[]
}

/** The message within Slack's limits: the least important goes, and `more`, in its place, says where the rest is. */
export function fitToLimits(text: string, drafts: SlackDraft[], more: KnownBlock): SlackMessage {
  const kept = [...drafts]
  const message = (): SlackMessage => {
    const blocks = kept.map(({ block }) => block)
    const gap = drafts.findIndex((draft, index) => kept[index] !== draft)
    return { text, blocks: gap < 0 ? blocks : blocks.toSpliced(gap, 0, more) }
  }
  while (isOver(message())) {
    const least = Math.max(...kept.map(({ drop = 0 }) => drop))
    if (least === 0) break
    const last = kept.findLastIndex(({ drop }) => drop === least)
    kept.splice(last, 1)
  }
  return message()
}

const isOver = (message: SlackMessage): boolean =>
  message.blocks.length > slackLimits.blocks || JSON.stringify(message).length > slackLimits.message
