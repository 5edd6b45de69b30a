import { setTimeout as sleep } from 'node:timers/promises'
import type { AlertsReader } from '../replay/mail.ts'
import type { VerifiedFact } from './verified-fact.ts'

/** Whether a message on the alerts topic names this subject. */
export async function responderInformed({ subject = '' }, inbox: AlertsReader): Promise<VerifiedFact[]> {
  const named = async () => (await inbox.read()).some(({ text }) => text.includes(subject))
  for (let tries = 0; tries < 20 && !(await named()); tries++) await sleep(100)
  return [{ says: `a message on the alerts topic names ${subject}`, holds: await named() }]
}
