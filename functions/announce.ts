import { announce } from '../responders/channels/announce.ts'

/** Tells people what the journal says; takes the journal's stream, its own retries, and the hour of the digest. */
export const handler = announce
