import { parseJson } from '../../lib/parse-json.ts'
import { asFields, asList, at, type Fields, get, isFields } from './fields.ts'

/** The names of events in Bedrock's streams. Source: API reference, ConverseStreamOutput, ResponseStream. */
const eventNames = ['messageStart', 'messageStop', 'metadata', 'contentBlockDelta', 'chunk']

/**
 * The parts of an answer: the answer itself, or the contents of its stream's events. Accepts events as SDKs return them
 * (`{ messageStop: {…} }`) and as recorders store them (`{ event, data }`), and chunks as Base64 or bytes.
 */
export function answerPartsOf(answer: unknown): Fields[] {
  if (Array.isArray(answer)) return answer.filter(isFields).map((event) => decodedBody(inner(event)))
  if (!isFields(answer)) return []
  // A single event of a stream. A whole answer has more than one field, one of which may be called `metadata`.
  return [
    decodedBody(
      Object.keys(answer).length === 1 || get(answer, 'event') !== undefined ? inner(answer) : answer,
    ),
  ]
}

function inner(event: Fields): Fields {
  const named = typeof get(event, 'event') === 'string' ? asFields(get(event, 'data')) : event
  return eventNames.map((name) => get(named, name)).find(isFields) ?? named
}

/** The body of a chunk or of an answer of InvokeModel, whose bytes hold JSON. Those of an agent hold its text. */
function decodedBody(part: Fields): Fields {
  const bytes = get(part, 'bytes') ?? get(part, 'body')
  const text =
    typeof bytes === 'string' ? decoded(bytes) : bytes instanceof Uint8Array ? read(bytes) : undefined
  if (text === undefined) return isFields(bytes) ? bytes : part
  const body = parseJson(text)
  return isFields(body) ? body : { outputText: text }
}

const read = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
// A recorder may store the body as JSON text.
const decoded = (text: string) =>
  text.trimStart().startsWith('{') ? text : read(Buffer.from(text, 'base64'))

/** The guardrail traces in an agent's events. Source: API reference, TracePart, GuardrailTrace. */
export function agentTracesOf(part: Fields): Fields[] {
  const places = [part, get(part, 'trace'), at(part, 'trace', 'trace')]
  return [
    ...places.map((place) => at(place, 'guardrailTrace')),
    ...asList(get(part, 'guardrailTraces')),
  ].filter(isFields)
}
