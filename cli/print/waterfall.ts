import { html } from 'hono/html'
import type { Containment, Status } from '../../engine/journal/record.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { printedSpan } from './clock.ts'

/** The time between two steps of a containment. */
interface Phase {
  what: 'detecting' | 'waiting' | 'containing' | 'held' | 'failed'
  from: number
  to: number
}

type SvgPart = ReturnType<typeof html>

const phaseAfter: Partial<Record<Status, Phase['what']>> = {
  proposed: 'waiting',
  containing: 'containing',
  contained: 'held',
  failed: 'failed',
  drifted: 'failed',
}
/** Widths in SVG units: labels, bars, and on the right the time held, which is not to scale. */
const [labels, scale, held, row] = [190, 430, 160, 44]
const thinnest = 3

/** How long each phase of each containment took, as bars on one scale and in words. */
export function waterfall(containments: Containment[], now: Date): SvgPart {
  const all = containments.map((one) => ({ one, phases: phasesOf(one, now) }))
  const active = all.flatMap(({ phases }) =>
    phases.filter(({ what }) => what !== 'held' && what !== 'failed'),
  )
  const start = Math.min(...active.map(({ from }) => from))
  const end = Math.max(...active.map(({ to }) => to), start + 1)
  const place = (time: number) => labels + ((time - start) / (end - start)) * scale
  const height = all.length * row
  return html`<svg class="waterfall" viewBox="0 0 ${labels + scale + held} ${height}" role="img" aria-label="${all.map(({ one, phases }) => `${one.playbook}: ${wordsOf(phases)}`).join('; ')}">
${all.map(({ one, phases }, at) => {
  const top = at * row
  return html`<text x="0" y="${top + 16}" class="name">${sanitize(one.playbook, 28)}</text>
<text x="${labels}" y="${top + 34}" class="words">${wordsOf(phases)}</text>
${phases.map((phase) => barOf(phase, top, place))}`
})}
</svg>`
}

function barOf({ what, from, to }: Phase, top: number, place: (time: number) => number): SvgPart {
  const tail = what === 'held' || what === 'failed'
  const x = tail ? labels + scale + 4 : place(from)
  const width = tail ? held - 4 : Math.max(thinnest, place(to) - place(from))
  return html`<rect class="${what}" x="${Math.round(x)}" y="${top + 6}" width="${Math.round(width)}" height="12"><title>${what} ${printedSpan(to - from)}</title></rect>`
}

function phasesOf({ event, opened, history }: Containment, now: Date): Phase[] {
  const seen = typeof event.time === 'string' ? Date.parse(event.time) : Number.NaN
  const first = Date.parse(history[0]?.at ?? opened)
  const detecting: Phase[] =
    Number.isNaN(seen) || seen > first ? [] : [{ what: 'detecting', from: seen, to: first }]
  return [
    ...detecting,
    ...history.flatMap(({ status, at }, place) => {
      const what = phaseAfter[status]
      const next = history[place + 1]
      return what ? [{ what, from: Date.parse(at), to: next ? Date.parse(next.at) : now.getTime() }] : []
    }),
  ]
}

const wordsOf = (phases: Phase[]): string =>
  phases.map(({ what, from, to }) => `${what} ${printedSpan(Math.max(0, to - from))}`).join(' · ') ||
  'only observed'
