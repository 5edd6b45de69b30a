import { parseJson } from '../../lib/parse-json.ts'
import { at, type Fields, fieldsOf, get, isFields, listOf } from './fields.ts'

/** What Bedrock's event streams name their events by. Source: API reference, ConverseStreamOutput, ResponseStream. */
const events = ['messageStart', 'messageStop', 'metadata', 'contentBlockDelta', 'chunk']

/**
 * The parts an answer consists of: the answer itself, or what its stream's events hold. Knows the events as clients
 * give them (`{ messageStop: {…} }`), as recorders keep them (`{ event, data }`), and chunks in Base64 or bytes.
 */
export function answerPartsOf(answer: unknown): Fields[] {
  if (Array.isArray(answer)) return answer.filter(isFields).map((event) => opened(inner(event)))
  if (!isFields(answer)) return []
  // One event of a stream, kept alone: a whole answer has more than one field, and may call one of them `metadata`.
  return [
    opened(Object.keys(answer).length === 1 || get(answer, 'event') !== undefined ? inner(answer) : answer),
  ]
}

function inner(event: Fields): Fields {
  const named = typeof get(event, 'event') === 'string' ? fieldsOf(get(event, 'data')) : event
  return events.map((name) => get(named, name)).find(isFields) ?? named
}

/** The body of a chunk, or of an answer to InvokeModel: its bytes hold JSON. An agent's hold its text. */
function opened(part: Fields): Fields {
  const bytes = get(part, 'bytes') ?? get(part, 'body')
  const text =
    typeof bytes === 'string' ? decoded(bytes) : bytes instanceof Uint8Array ? read(bytes) : undefined
  if (text === undefined) return isFields(bytes) ? bytes : part
  const body = parseJson(text)
  return isFields(body) ? body : { outputText: text }
}

const read = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
// A recorder may keep the body as it was, JSON and all.
const decoded = (text: string) =>
  text.trimStart().startsWith('{') ? text : read(Buffer.from(text, 'base64'))

/** The traces of guardrails within an agent's events. Source: API reference, TracePart, GuardrailTrace. */
export function agentTracesOf(part: Fields): Fields[] {
  const places = [part, get(part, 'trace'), at(part, 'trace', 'trace')]
  return [
    ...places.map((place) => at(place, 'guardrailTrace')),
    ...listOf(get(part, 'guardrailTraces')),
  ].filter(isFields)
}
