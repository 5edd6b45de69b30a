import { setTimeout as sleep } from 'node:timers/promises'
import type { AlertsReader } from '../replay/mail.ts'
import type { VerifiedFact } from '../verify.ts'

/** Whether somebody who reads the alerts has read of this subject. */
export async function told({ subject = '' }, inbox: AlertsReader): Promise<VerifiedFact[]> {
  const named = async () => (await inbox.read()).some(({ text }) => text.includes(subject))
  for (let tries = 0; tries < 20 && !(await named()); tries++) await sleep(100)
  return [{ says: `a responder reads of ${subject} on the alerts topic`, holds: await named() }]
}
