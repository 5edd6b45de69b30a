import { readIncident } from '../../engine/journal/incidents.ts'
import type { Containment, Verb } from '../../engine/journal/record.ts'
import type { Duration } from '../../engine/rule.ts'
import { partOf } from '../../responders/messages/view/part-of.ts'
import { viewOf } from '../../responders/messages/view/view-of.ts'
import { durationOf } from '../shell/duration.ts'
import { exits } from '../shell/exits.ts'
import type { Io } from '../shell/io.ts'
import { chooseContainment } from './choose-containment.ts'
import { sendOrder } from './decision-worker.ts'
import { findIncident } from './find-incident.ts'
import { previewOf, type TypedDecision } from './preview.ts'
import { reportOutcome } from './report-outcome.ts'

/** Decisions that need a reason. */
const needsReason: readonly Verb[] = ['deny', 'undo']
/** Decisions that need consent to a plan: by its hash where there is no terminal to ask on. */
const needsPlan: readonly Verb[] = ['approve']

/**
 * Makes any decision: finds the containment, shows what the decision changes, asks, sends it to the decision worker and
 * reports the outcome. Returns the exit code; throws a Problem unless the decision was applied.
 */
export async function decideFromTerminal(verb: Verb, typed: TypedDecision, io: Io): Promise<number> {
  const lasts = typed.for === undefined ? undefined : durationOf(typed.for)
  const found = await findIncident(typed.id, io)
  const record = chooseContainment(verb, found, typed)
  io.note(
    `${capital(verb)} in stage ${io.settings.stage}: ${partOf(record, true).title} in ${record.target.account}`,
  )
  io.note(...(await previewOf(verb, record, typed, io)))

  const reason =
    typed.reason ?? (needsReason.includes(verb) ? await io.ask('Why?', '--reason "<text>"') : undefined)
  if (!(await consents(verb, record, typed, io))) {
    io.note('Nothing was changed.')
    return exits.ok
  }
  io.ifStopped(`The decision was sent. To see its outcome: portcullis incidents show ${record.incident}`)
  const wish = wishOf(verb, record, { ...typed, ...(reason && { reason }) }, lasts)
  const answer = await io.step(`${verb} ${record.id}`, sendOrder(wish, io))
  const after = await readIncident(record.incident, io.settings.table)
  return reportOutcome(answer, record, after && { incident: after, view: viewOf(after, new Date()) }, io)
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function consents(verb: Verb, record: Containment, typed: TypedDecision, io: Io): Promise<boolean> {
  const plan = record.plan.hash.slice(0, 7)
  const unseen = needsPlan.includes(verb) && typed.plan === undefined
  const instead = unseen ? `portcullis ${verb} ${record.incident} --plan ${plan} --yes` : '--yes'
  if (typed.yes && !unseen) return Promise.resolve(true)
  return io.confirm(`${capital(verb)} ${needsPlan.includes(verb) ? `plan ${plan}` : 'this'} now?`, instead)
}

function wishOf(
  verb: Verb,
  record: Containment,
  { reason, force, leave }: TypedDecision,
  lasts: Duration | undefined,
) {
  return {
    verb,
    incident: record.incident,
    containment: record.id,
    plan: record.plan.hash,
    ...(reason && { reason }),
    ...(lasts && { for: lasts }),
    ...(force && { force }),
    ...(leave && { leave }),
  }
}
