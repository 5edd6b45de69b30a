import { announce } from '../responders/channels/announce.ts'

/** Sends messages about the journal. Its inputs are the stream of the journal, its retry queue, and the schedule of the digest. */
export const handler = announce
