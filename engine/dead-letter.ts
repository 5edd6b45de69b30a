import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { digest } from '../lib/canonical.ts'
import { getPath } from '../lib/get-path.ts'
import { type BadEvent, printable, serialize, tooDeep } from './errors.ts'
import { recordNotice } from './journal/journal.ts'
import { logOutcome, type Outcome } from './outcome.ts'
import { messageOf } from './run.ts'
import type { Settings } from './settings.ts'

/** Characters of an event that are sent to the queue, with room for our own fields. Source: Amazon SQS quotas (message size). */
const maxEventLength = 240_000

let queue: SQSClient | undefined

/**
 * Sends an unreadable event to the dead-letter queue, unchanged, and writes one notice with the rule, the path and the
 * value. Nothing else is done. Delivered again, the event is sent again, but the notice is written once.
 */
export async function deadLetter(
  playbook: string,
  input: unknown,
  error: BadEvent,
  settings: Settings,
): Promise<Outcome> {
  queue ??= new SQSClient({})
  const rule = error.rule ?? ruleNameOf(input)
  const says = `${rule}: ${error.message}. Nothing was done; the event is in the dead-letter queue.`
  const event = serialize(input)
  const body = {
    playbook,
    rule,
    error: { path: error.path, found: printable(error.found), says },
    event: storable(event, input),
  }
  const message = new SendMessageCommand({
    QueueUrl: settings.deadLetters,
    MessageBody: JSON.stringify(body),
  })
  const notice = { id: noticeIdOf(input, playbook), kind: 'unreadable' as const, playbook, rule }
  await queue.send(message)
  await recordNotice({ ...notice, says, at: new Date().toISOString() }, settings)
  return { playbook, target: { account: settings.account, region: '' }, status: 'parked', why: says }
}

/** Writes one notice about an error that may succeed when the event is delivered again. */
export async function reportFailure(
  playbook: string,
  input: unknown,
  error: unknown,
  settings: Settings,
): Promise<void> {
  // An event can have this notice and the one about an unreadable event: the IDs differ.
  const id = `${noticeIdOf(input, playbook)}#trouble`
  const notice = { id, kind: 'trouble' as const, playbook, rule: ruleNameOf(input) }
  const says = `${notice.rule}: ${messageOf(error).slice(0, 1000)}. If Lambda's retries also fail, the event is in the dead-letter queue.`
  logOutcome({ playbook, target: { account: settings.account, region: '' }, status: 'failed', why: says })
  // The journal itself may have failed; then the error metric and the alarm of the dead-letter queue report it.
  await recordNotice({ ...notice, says, at: new Date().toISOString() }, settings).catch(() => undefined)
}

const storable = (event: string, input: unknown): unknown =>
  event.length <= maxEventLength && event !== tooDeep
    ? input
    : { omitted: `${event.length} characters`, starts: printable(event), sha256: digest(event) }

const ruleNameOf = (input: unknown): string => {
  const rule = getPath(input, 'rule')
  return typeof rule === 'string'
    ? printable(rule).slice(1, -1)
    : getPath(input, 'do')
      ? 'a command'
      : 'an unknown rule'
}

const noticeIdOf = (input: unknown, playbook: string): string => {
  const id = getPath(input, 'event', 'id')
  return `${typeof id === 'string' && id.length <= 128 ? id : digest(serialize(input))}#${playbook}`
}
