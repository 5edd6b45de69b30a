import { inert } from '../messages/inert.ts'
import { type Check, type Finding, unknown } from './check.ts'
import type { Place } from './place.ts'

/** Nobody waits longer for one answer. */
const patienceMs = 20_000

export interface Examined {
  check: Check
  finding: Finding
}

/** What the checks find, all at once and in their order. What cannot be looked at is `unknown`, and says why. */
export const examineAll = (checks: readonly Check[], place: Place): Promise<Examined[]> =>
  Promise.all(checks.map((check) => examine(check, place)))

export async function examine(check: Check, place: Place): Promise<Examined> {
  if (check.deployed && !place.stack)
    return { check, finding: unknown('cannot be checked: the stack is not deployed') }
  const finding = await Promise.race([check.check(place), late()]).catch((error: unknown) =>
    unknown(`cannot be checked: ${whyOf(error)}`),
  )
  return { check, finding }
}

const late = (): Promise<Finding> =>
  new Promise((resolve) => {
    const says = `cannot be checked: no answer within ${patienceMs / 1000} s`
    setTimeout(resolve, patienceMs, unknown(says)).unref()
  })

function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return inert(String(error), 200)
  const text = error.message || (error as NodeJS.ErrnoException).code || ''
  return inert(text ? `${error.name}: ${text}` : error.name, 300)
}
