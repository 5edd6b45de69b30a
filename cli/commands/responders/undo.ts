import { decideFromTerminal, type TypedDecision } from '../../decide/decide-from-terminal.ts'
import type { Io } from '../../shell/io.ts'

export const run = (typed: TypedDecision, io: Io): Promise<number> => decideFromTerminal('undo', typed, io)
