import { BadEvent } from './errors.ts'
import type { AnyPlaybook } from './playbook.ts'
import type { Aim, Event, Rule } from './rule.ts'
import { type AnyTarget, parseTarget, targetKey } from './target.ts'
import { trace } from './trace.ts'

/** One event may fan out to this many targets of one playbook; more is no incident but a flood. */
const most = 100

/**
 * The targets a rule finds in an event for a playbook, and the subject of the incident. Account and Region are
 * where the event says it happened, unless the rule says otherwise.
 * Throws `BadEvent` naming the rule, the path and what was found.
 */
export function targetsOf(
  playbook: AnyPlaybook,
  rule: Rule,
  event: Event,
): { targets: AnyTarget[]; subject: string } {
  try {
    const aim = rule.then[playbook.name]
    if (!aim)
      throw new BadEvent({ path: 'rule', found: rule.name, problem: `does not call ${playbook.name}` })
    const { result, where } = trace(event, (it) => [aim(it)].flat().map((one) => ({ ...one })))
    if (result.length > most)
      throw new BadEvent({ path: 'event', found: result.length, problem: `names more than ${most} targets` })
    const targets = result.map((one) => locate(playbook, one, event, where))
    const { result: subject } = trace(event, (it) => rule.subject(it))
    if (typeof subject !== 'string' || subject.length === 0 || subject.length > 1024)
      throw new BadEvent({ path: 'subject', found: subject, problem: 'is no name' })
    return { targets: [...new Map(targets.map((one) => [targetKey(one), one])).values()], subject }
  } catch (error) {
    if (error instanceof BadEvent) error.rule = rule.name
    throw error
  }
}

function locate(playbook: AnyPlaybook, aim: Aim, event: Event, where: (value: unknown) => string): AnyTarget {
  try {
    return parseTarget(playbook.target, { ...placeOf(event), ...aim }, playbook.global)
  } catch (error) {
    if (!(error instanceof BadEvent)) throw error
    // The reader knows the event, not our target: name the field of the event the value came from.
    const problem = error.message.slice(error.path.length + 1, error.message.lastIndexOf(' (found'))
    throw new BadEvent({ path: where(error.found), found: error.found, problem }, { cause: error })
  }
}

// A finding of a member account reaches the administrator's bus under the administrator's account.
const placeOf = ({ account, region, detail }: Event) => ({
  account: text(detail.accountId) ?? text(detail.recipientAccountId) ?? account,
  region: text(detail.region) ?? text(detail.awsRegion) ?? region,
})

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
