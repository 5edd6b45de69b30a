import { type SimulateOptions, simulateEvent } from '../../replay/simulate-event.ts'
import type { Io } from '../../shell/io.ts'

/** `portcullis simulate` */
export const run = (typed: SimulateOptions, io: Io): Promise<number> => simulateEvent(typed, io)
