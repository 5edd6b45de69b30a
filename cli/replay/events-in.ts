import { parseJson } from '../../lib/parse-json.ts'
import { type Fields, isFields } from '../../sensing/signals/fields.ts'
import { documents } from './documents.ts'
import { renamed } from './renamed.ts'
import { wrapCall, wrapFinding, wrapImported } from './wrap.ts'

/** An event as EventBridge would have delivered it, or why a record is none. */
export type FoundEvents = { event: Fields } | { problem: string }

/** Keys under which lists of records stand. */
const lists = ['Records', 'Findings', 'findings', 'Events', 'events']

/** How deep records may be packed into one another: a list of log lines whose texts hold events. */
const deepest = 4

/** The events in the text of a record, whatever wrote it. Never throws, and never repeats what is in it. */
export function eventsIn(text: string): FoundEvents[] {
  const value = parseJson(text)
  return value === undefined ? several(text) : eventsOf(value, 0)
}

/** Firehose writes one value behind the other, without a line between them. */
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
    ? [{ problem: 'is no JSON' }]
    : values.flatMap((value) => eventsOf(value, 0))
}

function eventsOf(value: unknown, depth: number): FoundEvents[] {
  if (depth > deepest) return [{ problem: 'is packed too deep' }]
  if (Array.isArray(value)) return value.flatMap((one) => eventsOf(one, depth + 1))
  if (!isFields(value)) return [{ problem: 'is no JSON object' }]
  const event = eventOf(value)
  if (event) return [{ event }]
  const packed = value.CloudTrailEvent ?? value.message
  if (typeof packed === 'string') return eventsOf(parseJson(packed), depth + 1)
  const list = lists.map((key) => value[key]).find((one) => Array.isArray(one))
  if (list) return eventsOf(list, depth + 1)
  return [{ problem: 'is no event, no CloudTrail record and no finding' }]
}

function eventOf(value: Fields): Fields | undefined {
  if (typeof value['detail-type'] === 'string' && typeof value.source === 'string') return delivered(value)
  if (typeof value.eventSource === 'string' && typeof value.eventName === 'string') return wrapCall(value)
  // Insights have no `eventName` of their own in older records.
  if (value.eventType === 'AwsCloudTrailInsight')
    return wrapCall({ eventSource: 'cloudtrail.amazonaws.com', ...value })
  if (has(value, ['accountId', 'type', 'service', 'severity'])) return wrapFinding(value)
  if (has(value, apiFinding)) return wrapFinding(small(value))
  if (has(value, ['AwsAccountId', 'ProductArn', 'Id'])) return wrapImported(value)
  if (has(value, ['awsAccountId', 'productArn', 'id'])) return wrapImported(capital(value))
  return undefined
}

/** As EventBridge has it; but a finding within that has the keys of the API's answer never came by EventBridge. */
const delivered = (value: Fields): Fields =>
  value.source === 'aws.guardduty' && isFields(value.detail) && has(value.detail, apiFinding)
    ? { ...value, detail: small(value.detail) }
    : value

/** Source: GuardDuty API reference, `Finding`, as the SDKs and the AWS CLI print it. */
const apiFinding = ['AccountId', 'Type', 'Service', 'Severity']

const has = (value: Fields, keys: string[]): boolean => keys.every((key) => key in value)

const small = (value: Fields): Fields => renamed(value, (letter) => letter.toLowerCase())
const capital = (value: Fields): Fields => renamed(value, (letter) => letter.toUpperCase())
