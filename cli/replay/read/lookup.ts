import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail'
import type { Rule } from '../../../engine/rule.ts'
import { compile } from '../../../matching/compile.ts'
import type { Branch } from '../../../matching/matcher.ts'
import type { RecordBatch } from '../replay.ts'

/** Quotas: two requests per second, account and Region; 50 events each; 90 days. Source: CloudTrail API reference, `LookupEvents`. */
const pauseMs = 550
const perPage = 50
export const maxHistoryDays = 90

/** What the event history of an account does not have. */
export const historyLimits = [
  'Event history has only calls of this account in this Region: no findings, no signals, no other accounts.',
  'It has only management events: no data events.',
]

/** What to look up: all calls to these event sources, and calls with these names to other sources. */
export interface Lookup {
  sources: string[]
  names: string[]
}

/**
 * The calls that the rules match; undefined when a rule matches calls of any service. Looking up only these saves hours:
 * an account may make a million calls a day, and the API returns a hundred per second.
 */
export function lookupOf(rules: readonly Rule[]): Lookup | undefined {
  const wanted = rules.flatMap(({ when }) => compile(when).branches).filter(isOfCalls)
  const sources = new Set<string>()
  for (const branch of wanted) {
    if (textsAt(branch, 'detail.eventName')) continue
    const texts = textsAt(branch, 'detail.eventSource')
    if (!texts) return undefined
    for (const source of texts) sources.add(source)
  }
  const others = wanted.filter((branch) => {
    const texts = textsAt(branch, 'detail.eventSource')
    return !texts || [...texts].some((source) => !sources.has(source))
  })
  const names = new Set(others.flatMap((branch) => [...(textsAt(branch, 'detail.eventName') ?? [])]))
  return { sources: [...sources].sort(), names: [...names].sort() }
}

/** The calls since then, newest first within each lookup, page by page within the quota. */
export async function* lookUpEvents(
  since: Date,
  wanted: Lookup | undefined,
): AsyncGenerator<RecordBatch, void> {
  const client = new CloudTrailClient({ retryMode: 'adaptive', maxAttempts: 8 })
  const file = `CloudTrail of ${await client.config.region()}`
  const lookups = wanted
    ? [...wanted.sources.map(by('EventSource')), ...wanted.names.map(by('EventName'))]
    : [undefined]
  let line = 0
  for (const attribute of lookups) {
    const asked = { StartTime: since, ...(attribute && { LookupAttributes: [attribute] }) }
    for await (const { Events = [] } of paginateLookupEvents({ client, pageSize: perPage }, asked)) {
      // A lookup by name skips the sources that are looked up as a whole.
      const fresh = Events.filter(
        ({ EventSource = '' }) =>
          attribute?.AttributeKey !== 'EventName' || !wanted?.sources.includes(EventSource),
      )
      const raws = fresh.map(({ CloudTrailEvent = '' }) => ({
        line: ++line,
        offset: 0,
        text: CloudTrailEvent,
      }))
      yield { file, raws }
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

const by = (AttributeKey: 'EventSource' | 'EventName') => (AttributeValue: string) => ({
  AttributeKey,
  AttributeValue,
})

const textsAt = ({ fields }: Branch, path: string): ReadonlySet<string> | undefined =>
  fields.find((field) => field.path === path)?.texts

function isOfCalls(branch: Branch): boolean {
  const types = textsAt(branch, 'detail-type')
  return !types || [...types].some((type) => type.endsWith('via CloudTrail'))
}
