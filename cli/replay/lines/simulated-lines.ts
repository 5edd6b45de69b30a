import type { Rule } from '../../../engine/rule.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { planLines } from '../../../responders/messages/format/plan-lines.ts'
import { planText } from '../../print/plan.ts'
import { wrapPrinted } from '../../print/wrap.ts'
import type { Io } from '../../shell/io.ts'
import type { Simulated, SimulatedStep } from '../simulate.ts'
import { decisionLine } from './decision-line.ts'

interface SimulatedLayout extends Pick<Io, 'width' | 'paint'> {
  offline: boolean
  /** The path of the event, for the next command. */
  path: string
}

const maxChanges = 100

/** What an event would set off, by rule: each target with its plan, its undo, and the permissions needed. */
export function simulatedLines(it: Simulated, rules: readonly Rule[], look: SimulatedLayout): string[] {
  const { width, paint, offline, path } = look
  // In a pipe, nothing is wrapped.
  const room = Math.max(width ?? Number.POSITIVE_INFINITY, 40)
  const matched = rules.filter(({ name }) => it.rules.includes(name))
  if (matched.length === 0)
    return [`No rule matches: nothing would be done.   portcullis explain ${sanitize(path, 200)}`]
  return [
    ...matched.flatMap((rule) => [
      paint(
        'bold',
        `match  ${rule.name} (1 of ${rules.length})   mode ${rule.mode}   severity ${rule.severity}`,
      ),
      ...indented(rule.because, 7),
      ...it.steps.filter((step) => step.rule === rule.name).flatMap((step) => stepLines(step, rule)),
    ]),
    ...indented(ceilingText(), 0),
    ...(it.caller
      ? [`Read as ${sanitize(it.caller, 200)}; the deployed functions use their own roles.`]
      : []),
  ]

  function stepLines(step: SimulatedStep, rule: Rule): string[] {
    const { decision, plan, unknown, reads, writes, role, undo } = step
    const head = indented(decisionLine(step, paint), 2)
    if (decision === 'guarded' || decision === 'none') return head
    const end = `after ${rule.release}, or by a person`
    return [
      ...head,
      ...(plan
        ? planText(plan, width && width - 4).map((line) => `    ${line}`)
        : labelled('plan', offline ? 'unknown without reads' : sanitize(unknown ?? 'unknown', 500))),
      ...labelled('undo', undo ? end : 'not possible'),
      ...planLines(step.release ?? [], true, maxChanges).flatMap((line) => indented(line, 6)),
      ...labelled('reads', reads.join(', ') || 'nothing'),
      ...labelled('writes', writes.join(', ') || 'nothing'),
      ...labelled('as', role),
    ]
  }

  function labelled(label: string, text: string): string[] {
    return wrapPrinted(text, room - 12).map(
      (line, at) => `    ${(at ? '' : label).padEnd(7)}${at ? '  ' : ''}${line}`,
    )
  }

  function ceilingText(): string {
    if (it.ceiling) return `The ceiling of the stage is ${it.ceiling}.`
    return 'The ceiling is not known: at observe Portcullis would only notify, at approve it would ask, at contain it would act as above.'
  }

  function indented(text: string, by: number): string[] {
    const margin = ' '.repeat(by)
    return wrapPrinted(text, room - by - 2).map((line, at) => `${margin}${at ? '  ' : ''}${line}`)
  }
}
