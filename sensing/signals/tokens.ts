import type { Tokens } from '../../rules/events/signal.ts'
import { asFields, asList, at, definedFields, type Fields, get, numberAt } from './fields.ts'

/** How models, Bedrock and exports name the tokens of the input, of the output, and in total. */
const spellings = [
  ['inputTokens', 'outputTokens', 'totalTokens'],
  ['inputTokenCount', 'outputTokenCount', 'totalTokenCount'],
  ['input_tokens', 'output_tokens', 'total_tokens'],
  ['prompt_tokens', 'completion_tokens', 'total_tokens'],
  ['prompt_token_count', 'generation_token_count', 'total_token_count'],
  ['inputTextTokenCount', 'totalOutputTextTokenCount', 'totalTokenCount'],
] as const

/** The counts that are known: a stream reports them in parts. */
export type PartialTokens = Partial<Tokens>

/** The tokens that one part of an answer reports, if any. */
export function tokensIn(part: Fields): PartialTokens | undefined {
  let found: PartialTokens | undefined
  for (const place of [
    part,
    get(part, 'usage'),
    part['amazon-bedrock-invocationMetrics'],
    at(part, 'message', 'usage'),
  ])
    if (place !== undefined) found = higherTokens(found, spelled(asFields(place)))
  const titan = asList(get(part, 'results')).map((one) => numberAt(one, 'tokenCount'))
  return titan[0] === undefined ? found : higherTokens(found, { output: titan[0] })
}

/** The higher of each count: streams repeat and raise them. */
export function higherTokens(
  one: PartialTokens | undefined,
  other: PartialTokens | undefined,
): PartialTokens | undefined {
  if (!one || !other) return one ?? other
  return definedFields<PartialTokens>({
    input: greater(one.input, other.input),
    output: greater(one.output, other.output),
    total: greater(one.total, other.total),
  })
}

/** All counts: an unknown one is 0, and the total is at least the sum. */
export const completeTokens = (counted: PartialTokens | undefined): Tokens | undefined => {
  if (!counted) return undefined
  const { input = 0, output = 0, total = 0 } = counted
  return { input, output, total: Math.max(total, input + output) }
}

function spelled(place: Fields): PartialTokens | undefined {
  for (const [inward, outward, both] of spellings) {
    const [input, output, total] = [numberAt(place, inward), numberAt(place, outward), numberAt(place, both)]
    if (input !== undefined || output !== undefined || total !== undefined)
      return definedFields<PartialTokens>({ input, output, total })
  }
  return undefined
}

const greater = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : Math.max(one, other)
