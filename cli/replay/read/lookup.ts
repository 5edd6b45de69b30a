import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail'
import type { Rule } from '../../../engine/rule.ts'
import { compile } from '../../../matching/compile.ts'
import type { Branch } from '../../../matching/matcher.ts'
import type { Batch } from '../replay.ts'

/** Two requests a second an account and Region, 50 events each, 90 days. Source: CloudTrail API reference, `LookupEvents`. */
const pauseMs = 550
const perPage = 50
export const mostDays = 90

/** What an account's event history cannot tell. */
export const blind = [
  'Only calls of this account in this Region: no findings, no signals, no other accounts.',
  'Only management events: no data events, and so no InvokeModel where that is one.',
]

/** What of the history is looked up: all calls to these services, and calls of these names to others. */
export interface Lookup {
  sources: string[]
  names: string[]
}

/**
 * What the rules ask for; nothing where one asks for calls of any service. To look up this alone spares hours: an
 * account makes a million calls a day, and is answered a hundred a second.
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

/** The calls since then, newest first within each lookup; a page at a time, and no faster than AWS answers. */
export async function* lookUpEvents(since: Date, wanted: Lookup | undefined): AsyncGenerator<Batch, void> {
  const client = new CloudTrailClient({ retryMode: 'adaptive', maxAttempts: 8 })
  const file = `CloudTrail of ${await client.config.region()}`
  const lookups = wanted
    ? [...wanted.sources.map(by('EventSource')), ...wanted.names.map(by('EventName'))]
    : [undefined]
  let line = 0
  for (const attribute of lookups) {
    const asked = { StartTime: since, ...(attribute && { LookupAttributes: [attribute] }) }
    for await (const { Events = [] } of paginateLookupEvents({ client, pageSize: perPage }, asked)) {
      // What a service's lookup has shown is not shown again by a name's.
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
