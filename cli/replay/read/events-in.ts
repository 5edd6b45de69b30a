import { parseJson } from '../../../lib/parse-json.ts'
import { type Fields, isFields } from '../../../sensing/signals/fields.ts'
import { documents } from './documents.ts'
import { wrapCall, wrapFinding, wrapImported } from './envelope.ts'
import { renamed } from './rename-keys.ts'

/** An event as EventBridge would have delivered it, or why a record cannot be one. */
export type FoundEvents = { event: Fields } | { problem: string }

/** Keys of lists of records. */
const lists = ['Records', 'Findings', 'findings', 'Events', 'events']

/** Maximum nesting of records, such as a list of log lines whose text holds events. */
const maxNesting = 4

/** The events in the text of a record of any known format. Never throws; problems do not repeat its content. */
export function eventsIn(text: string): FoundEvents[] {
  const value = parseJson(text)
  return value === undefined ? several(text) : eventsOf(value, 0)
}

/** Firehose writes consecutive values without line breaks. */
function several(text: string): FoundEvents[] {
  const texts: string[] = []
  let isBroken = false
  const reader = documents((raw) => {
    if ('text' in raw) texts.push(raw.text)
    else isBroken = true
  })
  reader.push(Buffer.from(text), 0, 0)
  const values = texts.map(parseJson)
  return isBroken || values.length < 2 || values.includes(undefined)
    ? [{ problem: 'is not valid JSON' }]
    : values.flatMap((value) => eventsOf(value, 0))
}

function eventsOf(value: unknown, depth: number): FoundEvents[] {
  if (depth > maxNesting) return [{ problem: 'is nested too deeply' }]
  if (Array.isArray(value)) return value.flatMap((one) => eventsOf(one, depth + 1))
  if (!isFields(value)) return [{ problem: 'is not a JSON object' }]
  const event = eventOf(value)
  if (event) return [{ event }]
  const packed = value.CloudTrailEvent ?? value.message
  if (typeof packed === 'string') return eventsOf(parseJson(packed), depth + 1)
  const list = lists.map((key) => value[key]).find((one) => Array.isArray(one))
  if (list) return eventsOf(list, depth + 1)
  return [{ problem: 'is not an event, a CloudTrail record or a finding' }]
}

function eventOf(value: Fields): Fields | undefined {
  if (typeof value['detail-type'] === 'string' && typeof value.source === 'string') return delivered(value)
  if (typeof value.eventSource === 'string' && typeof value.eventName === 'string') return wrapCall(value)
  // Older Insights records have no `eventName`.
  if (value.eventType === 'AwsCloudTrailInsight')
    return wrapCall({ eventSource: 'cloudtrail.amazonaws.com', ...value })
  if (has(value, ['accountId', 'type', 'service', 'severity'])) return wrapFinding(value)
  if (has(value, apiFinding)) return wrapFinding(camelCase(value))
  if (has(value, ['AwsAccountId', 'ProductArn', 'Id'])) return wrapImported(value)
  if (has(value, ['awsAccountId', 'productArn', 'id'])) return wrapImported(pascalCase(value))
  return undefined
}

/** An event as it is, unless its finding has the keys of the GuardDuty API: EventBridge never delivers those. */
const delivered = (value: Fields): Fields =>
  value.source === 'aws.guardduty' && isFields(value.detail) && has(value.detail, apiFinding)
    ? { ...value, detail: camelCase(value.detail) }
    : value

/** Source: GuardDuty API reference, `Finding`, as the SDKs and the AWS CLI print it. */
const apiFinding = ['AccountId', 'Type', 'Service', 'Severity']

const has = (value: Fields, keys: string[]): boolean => keys.every((key) => key in value)

const camelCase = (value: Fields): Fields => renamed(value, (letter) => letter.toLowerCase())
const pascalCase = (value: Fields): Fields => renamed(value, (letter) => letter.toUpperCase())
