import { changePause } from '../../decide/change-pause.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  playbook?: string
  reason?: string
  yes?: boolean
}

export const run = ({ playbook, reason, yes = false }: Typed, io: Io): Promise<number> =>
  changePause({ verb: 'resume', playbook, reason, for: undefined }, yes, io)
