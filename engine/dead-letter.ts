import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type BadEvent, jsonText, printable, tooDeep } from './errors.ts'
import { recordNotice } from './journal/journal.ts'
import { log } from './log.ts'
import { digest } from './plan.ts'
import { messageOf, type Outcome } from './run.ts'
import type { Settings } from './settings.ts'

/** What a message may hold, with room for our words. Source: Amazon SQS quotas (message size 256 KiB or more). */
const largest = 240_000

let queue: SQSClient | undefined

/**
 * Nobody can read this event: nothing is done, the event goes to the dead-letter queue as it came, and one alert
 * names the rule, the path and what was found. Delivered again, it is parked again but announced once.
 */
export async function deadLetter(
  playbook: string,
  input: unknown,
  error: BadEvent,
  settings: Settings,
): Promise<Outcome> {
  queue ??= new SQSClient({})
  const rule = error.rule ?? nameOf(input)
  const says = `${rule}: ${error.message}. Nothing was done; the event is in the dead-letter queue.`
  const event = jsonText(input)
  const body = {
    playbook,
    rule,
    error: { path: error.path, found: printable(error.found), says },
    event: keep(event, input),
  }
  const message = new SendMessageCommand({
    QueueUrl: settings.deadLetters,
    MessageBody: JSON.stringify(body),
  })
  const notice = { id: idOf(input, playbook), kind: 'unreadable' as const, playbook, rule }
  await queue.send(message)
  await recordNotice({ ...notice, says, at: new Date().toISOString() }, settings)
  const outcome = {
    playbook,
    target: { account: settings.account, region: '' },
    status: 'parked' as const,
    why: says,
  }
  return outcome
}

/** Something failed that may succeed when delivered again: say so once, whatever happens then. */
export async function reportFailure(
  playbook: string,
  input: unknown,
  error: unknown,
  settings: Settings,
): Promise<void> {
  // Trouble is one thing to say of an event; that nobody can read it is another.
  const id = `${idOf(input, playbook)}#trouble`
  const notice = { id, kind: 'trouble' as const, playbook, rule: nameOf(input) }
  const says = `${notice.rule}: ${messageOf(error).slice(0, 1000)}. If Lambda's next tries fail too, it is in the dead-letter queue.`
  log({ playbook, target: { account: settings.account, region: '' }, status: 'failed', why: says })
  // The journal may be what failed; then the function's errors and dead-letter alarm speak for it.
  await recordNotice({ ...notice, says, at: new Date().toISOString() }, settings).catch(() => undefined)
}

const keep = (event: string, input: unknown): unknown =>
  event.length <= largest && event !== tooDeep
    ? input
    : { omitted: `${event.length} characters`, starts: printable(event), sha256: digest(event) }

const nameOf = (input: unknown): string => {
  const rule = fieldOf(input, 'rule')
  return typeof rule === 'string'
    ? printable(rule).slice(1, -1)
    : fieldOf(input, 'do')
      ? 'a command'
      : 'an unknown rule'
}

const idOf = (input: unknown, playbook: string): string => {
  const id = fieldOf(fieldOf(input, 'event'), 'id')
  return `${typeof id === 'string' && id.length <= 128 ? id : digest(jsonText(input))}#${playbook}`
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
