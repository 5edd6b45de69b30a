import { blocks, modalView } from './blocks.ts'
import type { Flaw } from './shape.ts'

/** One thing Slack refuses a call for: its error code, and the line it gives in `response_metadata.messages`. */
export interface Breach {
  error: string
  line: string
}

const maxTextChars = 40_000
/**
 * The size of all blocks together, in characters. Slack documents no limit: messages of 13,172 characters were refused
 * (slackapi/bolt-js#2509) and others of 15,561 accepted (#2867), but none below this size was refused.
 */
const maxBlocksChars = 13_000

const messages = ['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'response_url']
const modals = ['views.open', 'views.push', 'views.update']

/**
 * The reasons for which Slack refuses the body of this call; empty when it accepts it. Each reads `<error code>: <what>
 * [json-pointer:<where>]`. A text above 40,000 characters counts as `msg_too_long`, although Slack truncates some of
 * them, because truncation loses text as well.
 */
export function breaches(method: string, body: unknown): string[] {
  return refusals(method, body).map(({ error, line }) => `${error}: ${line}`)
}

export function refusals(method: string, body: unknown): Breach[] {
  const { text, blocks: given, view } = (body ?? {}) as Record<string, unknown>
  if (modals.includes(method)) return breachesOf('invalid_arguments', modalView(view, '/view'))
  if (!messages.includes(method)) return []
  return [
    ...(given === undefined ? [] : ofBlocks(given)),
    ...(typeof text === 'string' && text.length > maxTextChars
      ? breachesOf('msg_too_long', [
          { at: '/text', says: `must be less than ${maxTextChars + 1} characters` },
        ])
      : []),
  ]
}

function ofBlocks(given: unknown): Breach[] {
  if (!Array.isArray(given))
    return breachesOf('invalid_blocks_format', [{ at: '/blocks', says: 'must be an array' }])
  const size = JSON.stringify(given).length
  return [
    ...breachesOf('invalid_blocks', blocks(50)(given, '/blocks')),
    ...(size > maxBlocksChars
      ? breachesOf('msg_blocks_too_long', [
          { at: '/blocks', says: `${size} characters, ${maxBlocksChars} at most` },
        ])
      : []),
  ]
}

const breachesOf = (error: string, flaws: Flaw[]): Breach[] =>
  flaws.map(({ at, says }) => ({ error, line: `${says} [json-pointer:${at}]` }))
