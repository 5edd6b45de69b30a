import type { Containment, Incident } from '../../engine/journal/record.ts'
import { sampleOf } from '../../responders/messages/samples/samples.ts'
import type { IncidentState } from '../../responders/messages/view/incident-view.ts'

/** A sample incident with its own ids, and with its times moved to now. */
export function incidentOf(state: IncidentState, id: string, options: { hostile?: boolean } = {}): Incident {
  const sample = sampleOf(state, options)
  // DynamoDB holds UTF-8, without half surrogate pairs, and items of 400 KB.
  const text = JSON.stringify(sample)
    .replaceAll('\\ud800', '')
    .replaceAll('n'.repeat(10_000), 'n'.repeat(500))
  const moved = JSON.parse(later(text)) as Incident
  const event = options.hostile && { event: hostileEvent }
  const containments = moved.containments.map(
    (one, at): Containment => ({ ...one, ...event, id: `c-${id.slice(4)}0000000${at}`, incident: id }),
  )
  return { ...moved, id, containments }
}

const nasty = '\u001b[2J\u009b31m\u202e<script>alert(1)</script><img src=x onerror=alert(1)>'
const hostileEvent = {
  id: 'e-1',
  source: nasty,
  'detail-type': nasty,
  detail: JSON.stringify({ userAgent: nasty }),
}

const sampleTime = Date.parse('2026-11-21T14:08:00.000Z')

/** Moves every time in a text by the time since the sample was made. */
function later(text: string): string {
  const by = Date.now() - sampleTime
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => new Date(Date.parse(time) + by).toISOString())
}
