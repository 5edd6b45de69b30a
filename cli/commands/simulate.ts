import type { Io } from '../io.ts'
import { simulateEvent, type Typed } from '../simulate-event.ts'

/** `portcullis simulate` */
export const run = (typed: Typed, io: Io): Promise<number> => simulateEvent(typed, io)
