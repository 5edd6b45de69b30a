import { sanitize } from '../../../lib/text/sanitize.ts'
import type { StagePlace } from '../stage/stage-place.ts'
import { type DoctorCheck, type DoctorFinding, unknownCheck } from './check.ts'

/** A check without an answer after this time is `unknown`. */
const patienceMs = 20_000

export interface Examined {
  check: DoctorCheck
  finding: DoctorFinding
}

/** Runs the checks in parallel and returns their results in order. A check that throws is `unknown`, with the reason. */
export const examineAll = (checks: readonly DoctorCheck[], place: StagePlace): Promise<Examined[]> =>
  Promise.all(checks.map((check) => examine(check, place)))

export async function examine(check: DoctorCheck, place: StagePlace): Promise<Examined> {
  if (check.deployed && !place.stack)
    return { check, finding: unknownCheck('cannot be checked: the stack is not deployed') }
  const finding = await Promise.race([check.check(place), late()]).catch((error: unknown) =>
    unknownCheck(`cannot be checked: ${whyOf(error)}`),
  )
  return { check, finding }
}

const late = (): Promise<DoctorFinding> =>
  new Promise((resolve) => {
    const says = `cannot be checked: no response within ${patienceMs / 1000} s`
    setTimeout(resolve, patienceMs, unknownCheck(says)).unref()
  })

function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return sanitize(String(error), 200)
  const text = error.message || (error as NodeJS.ErrnoException).code || ''
  return sanitize(text ? `${error.name}: ${text}` : error.name, 300)
}
