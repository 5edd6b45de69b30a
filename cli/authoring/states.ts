import * as z from 'zod'
import type { AnyPlaybook, Context } from '../../engine/playbook.ts'
import { diff, type Json, type State } from '../../engine/state.ts'
import { namesIn, readProjectFile } from '../shell/project.ts'

/** The time and the incident of every recorded plan, so that plans do not depend on the clock. */
export const recordedAt: Context = {
  containment: 'c-0000000000000000',
  incident: 'inc-00000000',
  at: '2026-01-01T00:00:00.000Z',
  prefix: 'portcullis-test',
}

const file = z.strictObject({
  before: z.record(z.string(), z.json()),
  changes: z.array(
    z.strictObject({ path: z.string(), before: z.json().optional(), after: z.json().optional() }),
  ),
  caveats: z.array(z.string()),
})

/** A state in which a playbook was tried, and the changes that it planned. */
export interface RecordedState {
  /** `test/states/<playbook>.json` */
  path: string
  before: State
  /** The whole file, as `stateFileOf` writes it. */
  plan: Json
}

/** The recorded states of a playbook. Throws a ZodError that names the path of an invalid value. */
export function recordedStates(playbook: string): RecordedState[] {
  const own = new RegExp(`^${playbook}(-\\d+)?\\.json$`)
  return namesIn('test/states', '.json')
    .filter((name) => own.test(name))
    .map((name) => {
      const path = `test/states/${name}`
      const { before, ...plan } = file.parse(JSON.parse(readProjectFile(path) ?? 'null'))
      return { path, before, plan: plan as unknown as Json }
    })
}

/** The plan of a playbook in a state: the changes and the caveats. Pure if the playbook is. */
export const planIn = (playbook: AnyPlaybook, before: State): Json =>
  JSON.parse(
    JSON.stringify({
      changes: diff(before, playbook.contain(before, recordedAt)),
      caveats: playbook.caveats?.(before) ?? [],
    }),
  )

/** The text of the file that records a state and its plan. */
export const stateFileOf = (playbook: AnyPlaybook, before: State): string =>
  `${JSON.stringify({ before, ...(planIn(playbook, before) as object) }, null, 2)}\n`
