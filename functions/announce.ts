import { announce } from '../responders/channels/announce.ts'

/** Turns changes of the journal into messages. Takes the journal's stream, its retry queue, and the schedule of the digest. */
export const handler = announce
