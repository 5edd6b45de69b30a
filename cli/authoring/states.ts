import * as z from 'zod'
import type { AnyPlaybook, Context } from '../../engine/playbook.ts'
import { diff, type Json, type State } from '../../engine/state.ts'
import { namesIn, readProjectFile } from '../shell/project.ts'

/** One moment and one incident for every recorded plan: the clock makes no new one. */
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

/** A state that a playbook was tried in, and what it was going to change. */
export interface RecordedState {
  /** Where it is written down: `test/states/<playbook>.json`. */
  path: string
  before: State
  /** The whole file, as `stateFileOf` writes it. */
  plan: Json
}

/** The states that are written down for a playbook. Throws a ZodError naming the path of what is wrong. */
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

/** What a playbook plans in a state: the differences and the caveats. Pure, if the playbook is. */
export const planIn = (playbook: AnyPlaybook, before: State): Json =>
  JSON.parse(
    JSON.stringify({
      changes: diff(before, playbook.contain(before, recordedAt)),
      caveats: playbook.caveats?.(before) ?? [],
    }),
  )

/** The text of the file in which a state and its plan are written down. */
export const stateFileOf = (playbook: AnyPlaybook, before: State): string =>
  `${JSON.stringify({ before, ...(planIn(playbook, before) as object) }, null, 2)}\n`
