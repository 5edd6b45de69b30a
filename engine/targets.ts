import { BadEvent } from './errors.ts'
import type { AnyPlaybook } from './playbook.ts'
import type { Event, Rule, RuleTarget } from './rule.ts'
import { type AnyTarget, parseTarget, targetKey } from './target.ts'

/** The most targets of one playbook that one event may name. */
const maxTargets = 100

/**
 * The targets that a rule finds in an event for a playbook, and the subject of the incident. Account and Region are
 * those of the event, unless the rule names others.
 * Throws `BadEvent` with the rule, the path and the value.
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
    const { result, pathOf } = trace(event, (traced) => [aim(traced)].flat().map((one) => ({ ...one })))
    if (result.length > maxTargets)
      throw new BadEvent({
        path: 'event',
        found: result.length,
        problem: `names more than ${maxTargets} targets`,
      })
    const targets = result.map((one) => locate(playbook, one, event, pathOf))
    const { result: subject } = trace(event, (traced) => rule.subject(traced))
    if (typeof subject !== 'string' || subject.length === 0 || subject.length > 1024)
      throw new BadEvent({ path: 'subject', found: subject, problem: 'is not a valid name' })
    return { targets: [...new Map(targets.map((one) => [targetKey(one), one])).values()], subject }
  } catch (error) {
    if (error instanceof BadEvent) error.rule = rule.name
    throw error
  }
}

function locate(
  playbook: AnyPlaybook,
  aim: RuleTarget,
  event: Event,
  pathOf: (value: unknown) => string,
): AnyTarget {
  try {
    return parseTarget(playbook.target, { ...locationOf(event), ...aim }, playbook.global)
  } catch (error) {
    if (!(error instanceof BadEvent)) throw error
    // Readers know the event and not our target: name the field of the event that the value came from.
    const problem = error.message.slice(error.path.length + 1, error.message.lastIndexOf(' (found'))
    throw new BadEvent({ path: pathOf(error.found), found: error.found, problem }, { cause: error })
  }
}

// A finding of a member account reaches the bus of the administrator under the administrator's account.
const locationOf = ({ account, region, detail }: Event) => ({
  account: stringOf(detail.accountId) ?? stringOf(detail.recipientAccountId) ?? account,
  region: stringOf(detail.region) ?? stringOf(detail.awsRegion) ?? region,
})

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

interface Access {
  path: string
  value: unknown
}

/**
 * Runs a rule's function over an event and records what it reads, so that a missing or unexpected field is reported by
 * its path and not as "cannot read properties of undefined". `pathOf` returns the path of a value it returned.
 * Throws `BadEvent` when the function throws.
 */
function trace<E extends object, R>(
  event: E,
  run: (event: E) => R,
): { result: R; pathOf(value: unknown): string } {
  const accesses: Access[] = []
  const last = () => accesses.at(-1)
  const pathOf = (value: unknown) =>
    accesses.findLast((access) => access.value === value)?.path ?? last()?.path ?? 'event'
  try {
    return { result: run(traced(event, '', accesses)), pathOf }
  } catch (cause) {
    if (cause instanceof BadEvent) throw cause
    throw new BadEvent(
      { path: last()?.path ?? 'event', found: last()?.value, problem: 'is not what the rule expects' },
      { cause },
    )
  }
}

function traced<T extends object>(value: T, path: string, accesses: Access[]): T {
  return new Proxy(value, {
    get(object, key, receiver) {
      const found: unknown = Reflect.get(object, key, receiver)
      // Methods, symbols and lengths are means of reading, not data that is read.
      if (typeof key === 'symbol' || typeof found === 'function') return found
      if (Array.isArray(object) && key === 'length') return found
      const childPath = Array.isArray(object) ? `${path}[${key}]` : path ? `${path}.${key}` : key
      accesses.push({ path: childPath, value: found })
      return typeof found === 'object' && found !== null ? traced(found, childPath, accesses) : found
    },
  })
}
