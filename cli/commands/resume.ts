import { hold } from '../hold.ts'
import type { Io } from '../io.ts'

interface Typed {
  playbook?: string
  reason?: string
  yes?: boolean
}

export const run = ({ playbook, reason, yes = false }: Typed, io: Io): Promise<number> =>
  hold({ verb: 'resume', playbook, reason, for: undefined }, yes, io)
