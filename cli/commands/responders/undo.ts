import { decideFromTerminal, type TypedDecision } from '../../decide/decide.ts'
import type { Io } from '../../shell/io.ts'

export const run = (typed: TypedDecision, io: Io): Promise<number> => decideFromTerminal('undo', typed, io)
