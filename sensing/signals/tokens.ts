import type { Tokens } from '../../rules/events/signal.ts'
import { at, definedFields, type Fields, fieldsOf, get, listOf, numberAt } from './fields.ts'

/** Where models, Bedrock and exports write how many tokens went in, came out, and were both together. */
const spellings = [
  ['inputTokens', 'outputTokens', 'totalTokens'],
  ['inputTokenCount', 'outputTokenCount', 'totalTokenCount'],
  ['input_tokens', 'output_tokens', 'total_tokens'],
  ['prompt_tokens', 'completion_tokens', 'total_tokens'],
  ['prompt_token_count', 'generation_token_count', 'total_token_count'],
  ['inputTextTokenCount', 'totalOutputTextTokenCount', 'totalTokenCount'],
] as const

/** Counts, as far as they are known: a stream gives them in parts. */
export type Counted = Partial<Tokens>

/** The tokens that one part of an answer tells of; nothing if it tells of none. */
export function countedIn(part: Fields): Counted | undefined {
  let found: Counted | undefined
  for (const place of [
    part,
    get(part, 'usage'),
    part['amazon-bedrock-invocationMetrics'],
    at(part, 'message', 'usage'),
  ])
    if (place !== undefined) found = most(found, spelt(fieldsOf(place)))
  const titan = listOf(get(part, 'results')).map((one) => numberAt(one, 'tokenCount'))
  return titan[0] === undefined ? found : most(found, { output: titan[0] })
}

/** The greater of each: streams repeat and raise their counts. */
export function most(one: Counted | undefined, other: Counted | undefined): Counted | undefined {
  if (!one || !other) return one ?? other
  return definedFields<Counted>({
    input: greater(one.input, other.input),
    output: greater(one.output, other.output),
    total: greater(one.total, other.total),
  })
}

/** The whole count: what nobody counted is nought, and the total at least the sum. */
export const totalled = (counted: Counted | undefined): Tokens | undefined => {
  if (!counted) return undefined
  const { input = 0, output = 0, total = 0 } = counted
  return { input, output, total: Math.max(total, input + output) }
}

function spelt(place: Fields): Counted | undefined {
  for (const [inward, outward, both] of spellings) {
    const [input, output, total] = [numberAt(place, inward), numberAt(place, outward), numberAt(place, both)]
    if (input !== undefined || output !== undefined || total !== undefined)
      return definedFields<Counted>({ input, output, total })
  }
  return undefined
}

const greater = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : Math.max(one, other)
