import type { AnyPlaybook } from '../../engine/playbook.ts'
import { same } from '../../engine/state.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import type { AuthoringCheck, Trial } from './check.ts'
import { checkPlaybook } from './check-playbooks.ts'
import type { AuthoringCode } from './codes.ts'
import { authoringCodes } from './codes.ts'
import { planIn, type RecordedState, recordedAt, recordedStates } from './states.ts'

/** Checks a playbook's pure functions on the recorded states of its scenes, and its grants. Calls no AWS service. */
export function tryPlaybook(playbook: AnyPlaybook): Trial {
  const findings = checkPlaybook(playbook).filter(({ level }) => level === 'error')
  const sound: AuthoringCheck[] = findings.map(({ code, problem, where, fix }) => ({
    what: code === 'E3004' ? 'iam' : 'sound',
    on: code,
    passed: false,
    says: problem,
    where,
    fix,
  }))
  const calls = { what: 'iam', on: 'calls', passed: true, says: 'every call in its files is declared' }
  const states = recordedStates(playbook.name)
  return {
    kind: 'playbook',
    name: playbook.name,
    checks: [
      ...states.flatMap((state) => tryState(playbook, state)),
      ...(findings.some(({ code }) => code === 'E3004') ? [] : [calls]),
      ...sound,
    ],
  }
}

function tryState(playbook: AnyPlaybook, { path, before, plan }: RecordedState): AuthoringCheck[] {
  const checks: AuthoringCheck[] = []
  const check = (what: string, code: AuthoringCode, says: string, law: () => boolean) => {
    const wrong = broken(law)
    checks.push(
      wrong === undefined
        ? { what, on: path, passed: true, says }
        : { what, on: path, passed: false, says: wrong, where: path, code, fix: authoringCodes[code].fix },
    )
  }
  const contain = (state = before) => playbook.contain(frozen(state), Object.freeze({ ...recordedAt }))
  check('json', 'E3009', 'the state survives JSON', () =>
    same(JSON.parse(JSON.stringify(contain())), contain()),
  )
  check('pure', 'E3009', 'the same state gives the same plan', () => same(contain(), contain()))
  check('twice', 'E3009', 'containing twice equals containing once', () =>
    same(contain(contain()), contain()),
  )
  check('changes', 'E3009', 'the containment changes something', () => !same(contain(), before))
  check('plan', 'E3008', 'the plan equals the recorded plan', () =>
    same(planIn(playbook, frozen(before)), plan),
  )
  return checks
}

/** Why a law fails, or undefined when it holds. */
function broken(law: () => boolean): string | undefined {
  try {
    return law() ? undefined : 'the law does not hold'
  } catch (error) {
    return sanitize(String(error))
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(Object.freeze(value))) frozen(part)
  return value
}
