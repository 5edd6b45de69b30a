import type { Containment, Incident, Step } from '../../../engine/journal/record.ts'
import type { PlaybookCopy } from '../../../engine/playbook.ts'
import { defang } from '../../../lib/text/defang.ts'
import { sentenceOf } from '../copy.ts'
import { momentOf } from '../format/times.ts'
import { reasonWords, whoWords } from '../format/who.ts'
import { shortName } from '../view/header.ts'
import { escaped } from './blocks.ts'

/** The keys of what the thread was told already. */
export type ToldReplies = string[]

interface Reply {
  key: string
  text: string
}

/** One reply for each step and each approval that the thread does not know yet, in order of time. Texts are escaped. */
export function slackReplies(before: ToldReplies, { containments }: Incident): Reply[] {
  const told = new Set(before)
  return containments
    .flatMap((record) => [
      ...record.history.map((step, index) => ({
        at: step.at,
        ...stepReply(record, step, record.history.slice(0, index)),
      })),
      ...approvalReplies(record),
    ])
    .filter(({ key }) => !told.has(key))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ key, text }) => ({ key, text: escaped(text) }))
}

function stepReply(record: Containment, step: Step, earlier: Step[]): Reply {
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
  const clock = by.who === 'clock'
  // What failed last counts for nothing here: what stood before it does.
  const stood = earlier.findLast((one) => one.status !== 'failed')?.status
  const held = stood === 'contained' || stood === 'drifted'
  return {
    observed: `Observed: would ${say('action')}`,
    proposed: `Asked for approval: ${say('action')}`,
    containing: `Begun: ${say('action')}`,
    contained: `Contained: ${say('contained')}`,
    failed: held ? `Undo failed: ${name} is not as it was` : `Containment failed: ${say('failed')}`,
    drifted: `Drifted: others changed ${name} after it was contained`,
    released: `${clock ? 'Ended on time' : 'Undone'}: ${say('released')}`,
    closed:
      stood === 'proposed'
        ? `${clock ? 'Expired' : 'Denied'}: nothing was changed for ${name}`
        : `Closed: ${name}`,
  }[status]
}

// An approval has no time of its own in the record: it stands behind the step that asked for it.
function approvalReplies({ id, approvals = [], ask, history, opened }: Containment) {
  const asked = history.findLast(({ status }) => status === 'proposed')?.at ?? opened
  return approvals.map((by, index) => ({
    at: `${asked}+${index}`,
    key: `${id}/approval/${by.who}`,
    text: `${index + 1} of ${ask?.approvals ?? approvals.length} approved, ${whoWords(by)}${reasonWords(by.reason)}`,
  }))
}
