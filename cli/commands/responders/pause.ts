import { changePause } from '../../decide/change-pause.ts'
import { durationOf } from '../../shell/duration.ts'
import { Problem } from '../../shell/errors.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  playbook?: string
  all?: boolean
  for: string
  reason?: string
  yes?: boolean
}

/** `portcullis pause`: one playbook, or with --all every playbook. */
export async function run(
  { playbook, all = false, for: lasts, reason, yes = false }: Typed,
  io: Io,
): Promise<number> {
  if (all === (playbook !== undefined))
    throw new Problem(
      'usage',
      all ? '--all and a playbook exclude each other' : 'a playbook or --all is missing',
      {
        fix: 'name one playbook, or give --all',
      },
    )
  const duration = durationOf(lasts)
  const why = reason ?? (await io.ask('Why?', '--reason "<text>"'))
  return changePause({ verb: 'pause', playbook, for: duration, reason: why }, yes, io)
}
