import type { Duration } from '../../engine/rule.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { similar } from '../../lib/text/similar.ts'
import { Problem } from '../shell/errors.ts'
import { exits } from '../shell/exits.ts'
import type { Io } from '../shell/io.ts'
import { playbookNames } from '../shell/playbook-names.ts'
import { sendOrder } from './decision-worker.ts'
import { verdictOf } from './verdict.ts'

/** A pause to begin or to end. */
export interface PauseChange {
  verb: 'pause' | 'resume'
  /** Undefined means every playbook. */
  playbook: string | undefined
  reason: string | undefined
  for: Duration | undefined
}

/** Asks, sends the pause or its end to the decision worker, and reports the outcome. Throws a Problem unless it was applied. */
export async function changePause(wish: PauseChange, yes: boolean, io: Io): Promise<number> {
  const { verb, reason, for: lasts } = wish
  const playbook = wish.playbook === undefined ? undefined : known(wish.playbook)
  const what = `${verb} ${playbook ?? 'every playbook'} of stage ${io.settings.stage}${lasts ? ` for ${lasts}` : ''}`
  if (!yes && !(await io.confirm(`${what.charAt(0).toUpperCase()}${what.slice(1)}?`, '--yes'))) {
    io.note('Nothing was changed.')
    return exits.ok
  }
  io.ifStopped('The decision was sent. To see what is paused: portcullis incidents')
  const order = {
    verb,
    ...(playbook && { playbook }),
    ...(reason && { reason }),
    ...(lasts && { for: lasts }),
  }
  const answer = await io.step(what, sendOrder(order, io))
  const says = sanitize(answer.decision?.says ?? 'The decision worker returned no decision.')
  const code = verdictOf(answer, undefined)
  if (io.json) io.document(answer)
  if (code)
    throw new Problem(code, says, { where: `stage ${io.settings.stage}`, fix: 'portcullis incidents' })
  if (!io.json) io.print(`${io.paint('good', '✓')} ${says}`)
  return exits.ok
}

function known(name: string): string {
  const names = playbookNames()
  if (names.includes(name)) return name
  const meant = similar(name, names)
  throw new Problem('usage', `there is no playbook "${sanitize(name, 60)}"`, {
    where: names.join(', '),
    fix: meant ? `Did you mean ${meant}?   portcullis pause --help` : 'portcullis pause --help',
  })
}
