import { decide, type Typed } from '../decide.ts'
import type { Io } from '../io.ts'

export const run = (typed: Typed, io: Io): Promise<number> => decide('approve', typed, io)
