import type { Containment } from '../../../engine/journal/record.ts'
import type { PlaybookCopy } from '../../../engine/playbook.ts'
import { defang, shorten } from '../../../lib/text/defang.ts'
import { copyFor, sentenceOf } from '../copy.ts'
import { targetNameOf } from '../format/plan-lines.ts'
import { spanOf } from '../format/times.ts'
import type { IncidentState } from './incident-view.ts'
import { stateOf } from './state-of.ts'

/** Source: Slack, header block. */
const maxHeader = 150
/** Names of AWS resources are rarely longer; a name that an attacker chose may be. */
const maxName = 60

/** A target's name, safe to use in a sentence. */
export const shortName = ({ target }: Containment): string => defang(targetNameOf(target), maxName)

/** Splits a header into its state and the rest as a sentence. */
export function headline(header: string): { state: string; rest: string } {
  const [, state = '', rest = header] = /^([^:]+): (.*)$/.exec(header) ?? []
  // Only a lower-case word is capitalised: a name must keep its letters.
  return { state, rest: rest.replace(/^[a-z]+(?= )/, (word) => word.charAt(0).toUpperCase() + word.slice(1)) }
}

/** One sentence: state, target, account, and the number of further containments. At most 150 characters. */
export function headerOf(record: Containment, others: number): string {
  const more = others > 0 ? ` (and ${others} more)` : ''
  const sentence = sentences[stateOf(record)](record, `in ${defang(record.target.account, 12)}`)
  return shorten(sentence, maxHeader - more.length) + more
}

const sentences: Record<IncidentState, (record: Containment, where: string) => string> = {
  'approval-needed': (it, where) => `Approval needed: ${say(it, 'action')} ${where}`,
  containing: (it, where) => `Containing: ${say(it, 'action')} ${where}`,
  contained: (it, where) => `Contained: ${say(it, 'contained')} ${where}`,
  undone: (it, where) => `Undone: ${say(it, 'released')} ${where}`,
  ended: endedWords,
  denied: (it, where) => `Denied: nothing was changed for ${shortName(it)} ${where}`,
  expired: (it, where) =>
    `Expired: no decision${within(it)}, nothing was changed for ${shortName(it)} ${where}`,
  partial: failedWords,
  failed: failedWords,
  drifted: (it, where) => `Drifted: ${shortName(it)} ${where} was changed by others after containment`,
  observed: observedWords,
}

const say = (record: Containment, which: keyof PlaybookCopy): string =>
  sentenceOf(record, which, shortName(record))

function failedWords(record: Containment, where: string): string {
  const { failure } = record
  const [done, all] = [
    failure?.done.length ?? 0,
    (failure?.done.length ?? 0) + (failure?.missing.length ?? 0),
  ]
  if (failure?.during === 'release')
    return done > 0
      ? `Partly undone: ${shortName(record)} ${where} is not fully restored (${done} of ${all} changes reverted)`
      : `Undo failed: ${say(record, 'contained')} ${where}`
  return done > 0
    ? `Partly contained: ${say(record, 'failed')} ${where} (${done} of ${all} changes made)`
    : `Containment failed: ${say(record, 'failed')} ${where}`
}

function endedWords(record: Containment, where: string): string {
  if (record.status === 'released') return `Ended on schedule: ${say(record, 'released')} ${where}`
  const before = record.history.findLast(({ status }) => status !== 'closed')?.status
  if (before === 'observed') return `Closed: nothing was changed for ${shortName(record)} ${where}`
  if (!record.plan.undo) return `Ended: ${say(record, 'released')} ${where}`
  return `Closed: nothing left to revert for ${shortName(record)} ${where}`
}

function observedWords(record: Containment, where: string): string {
  const name = shortName(record)
  if (copyFor(record).tells) return `Observed: review ${name} ${where}, nothing was contained`
  return record.plan.changes.length === 0
    ? `Observed: nothing to change for ${name} ${where}`
    : `Observed: would ${say(record, 'action')} ${where}, nothing was changed`
}

const within = ({ ask, opened }: Containment) => (ask ? ` in ${spanOf(opened, ask.decideBy)}` : '')
