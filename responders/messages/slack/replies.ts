import type { Containment, Incident, Step } from '../../../engine/journal/record.ts'
import type { PlaybookCopy } from '../../../engine/playbook.ts'
import { defang } from '../../../lib/text/defang.ts'
import { sentenceOf } from '../copy.ts'
import { momentOf } from '../format/times.ts'
import { reasonWords, whoWords } from '../format/who.ts'
import { shortName } from '../view/header.ts'
import { escaped } from './blocks.ts'

/** The keys of the replies that the thread already has. */
export type ToldReplies = string[]

interface ThreadReply {
  key: string
  text: string
}

/** One reply for each step and each approval that the thread does not have yet, by time. Texts are escaped. */
export function slackReplies(before: ToldReplies, { containments }: Incident): ThreadReply[] {
  const sent = new Set(before)
  return containments
    .flatMap((record) => [
      ...record.history.map((step, index) => ({
        at: step.at,
        ...stepReply(record, step, record.history.slice(0, index)),
      })),
      ...approvalReplies(record),
    ])
    .filter(({ key }) => !sent.has(key))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ key, text }) => ({ key, text: escaped(text) }))
}

function stepReply(record: Containment, step: Step, earlier: Step[]): ThreadReply {
  const { at, status, by, why } = step
  const said = why && why !== by.reason ? `. ${defang(why)}` : ''
  const who = `${whoWords(by)}${reasonWords(by.reason)}`
  return {
    key: `${record.id}/${at}/${status}`,
    text: `${momentOf(at, new Date(at))} · ${stepWords(record, step, earlier)}, ${who}${said}`,
  }
}

function stepWords(record: Containment, { status, by }: Step, earlier: Step[]): string {
  const name = shortName(record)
  const say = (which: keyof PlaybookCopy) => sentenceOf(record, which, name)
  const expired = by.who === 'clock'
  // Failed steps are skipped: the state before them decides the wording.
  const previous = earlier.findLast((one) => one.status !== 'failed')?.status
  const wasContained = previous === 'contained' || previous === 'drifted'
  return {
    observed: `Observed: would ${say('action')}`,
    proposed: `Approval requested: ${say('action')}`,
    containing: `Started: ${say('action')}`,
    contained: `Contained: ${say('contained')}`,
    failed: wasContained
      ? `Undo failed: ${name} is not fully restored`
      : `Containment failed: ${say('failed')}`,
    drifted: `Drifted: ${name} was changed by others after containment`,
    released: `${expired ? 'Ended on schedule' : 'Undone'}: ${say('released')}`,
    closed:
      previous === 'proposed'
        ? `${expired ? 'Expired' : 'Denied'}: nothing was changed for ${name}`
        : `Closed: ${name}`,
  }[status]
}

// The record has no time for an approval, so it is placed after the step that requested it.
function approvalReplies({ id, approvals = [], ask, history, opened }: Containment) {
  const asked = history.findLast(({ status }) => status === 'proposed')?.at ?? opened
  return approvals.map((by, index) => ({
    at: `${asked}+${index}`,
    key: `${id}/approval/${by.who}`,
    text: `${index + 1} of ${ask?.approvals ?? approvals.length} approved, ${whoWords(by)}${reasonWords(by.reason)}`,
  }))
}
