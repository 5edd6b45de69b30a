import { decideFromTerminal } from '../../decide/decide-from-terminal.ts'
import type { TypedDecision } from '../../decide/preview.ts'
import type { Io } from '../../shell/io.ts'

export const run = (typed: TypedDecision, io: Io): Promise<number> => decideFromTerminal('retry', typed, io)
