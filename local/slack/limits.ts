import { blocks, modalView } from './blocks.ts'
import type { Flaw } from './shape.ts'

/** One thing Slack refuses a call for: its error code, and the line it gives in `response_metadata.messages`. */
export interface Breach {
  error: string
  line: string
}

const mostText = 40_000
/**
 * Slack names no limit for all blocks together. Messages of 13,172 characters were refused (slackapi/bolt-js#2509),
 * others of 15,561 taken (#2867); below this one none was.
 */
const mostBlocks = 13_000

const messages = ['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'response_url']
const modals = ['views.open', 'views.push', 'views.update']

/**
 * What Slack refuses the body of this call for; empty when it takes it. Each says `<error code>: <what> [json-pointer:
 * <where>]`. A text above 40,000 characters counts as `msg_too_long`: where Slack cuts it instead, words are lost too.
 */
export function breaches(method: string, body: unknown): string[] {
  return refusals(method, body).map(({ error, line }) => `${error}: ${line}`)
}

export function refusals(method: string, body: unknown): Breach[] {
  const { text, blocks: given, view } = (body ?? {}) as Record<string, unknown>
  if (modals.includes(method)) return told('invalid_arguments', modalView(view, '/view'))
  if (!messages.includes(method)) return []
  return [
    ...(given === undefined ? [] : ofBlocks(given)),
    ...(typeof text === 'string' && text.length > mostText
      ? told('msg_too_long', [{ at: '/text', says: `must be less than ${mostText + 1} characters` }])
      : []),
  ]
}

function ofBlocks(given: unknown): Breach[] {
  if (!Array.isArray(given))
    return told('invalid_blocks_format', [{ at: '/blocks', says: 'must be an array' }])
  const size = JSON.stringify(given).length
  return [
    ...told('invalid_blocks', blocks(50)(given, '/blocks')),
    ...(size > mostBlocks
      ? told('msg_blocks_too_long', [{ at: '/blocks', says: `${size} characters, ${mostBlocks} at most` }])
      : []),
  ]
}

const told = (error: string, flaws: Flaw[]): Breach[] =>
  flaws.map(({ at, says }) => ({ error, line: `${says} [json-pointer:${at}]` }))
