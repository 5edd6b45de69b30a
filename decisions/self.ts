import type { Person } from '../channels/stage.ts'
import { dig } from '../engine/dig.ts'
import type { Containment, Incident } from '../engine/record.ts'
import { jsonOf } from './json.ts'

/**
 * Whether an incident is about this person: one of their names is a part of its subject, of the name of the session
 * that the event shows, or of what it would contain. Pure. Source: CloudTrail userIdentity element.
 */
export function isSelf(person: Person, { subject, containments }: Incident): boolean {
  const names = new Set(namesOf(person))
  return [subject, ...containments.flatMap(actorsOf)].flatMap(partsOf).some((part) => names.has(part))
}

function namesOf({ name, email, slack, iam }: Person): string[] {
  const local = email?.split('@')[0]
  // `arn:aws:sts::111122223333:assumed-role/PlatformSec/maria`: role and session; of a user, its name.
  const principals = iam.flatMap((arn) => arn.split('/').slice(1))
  return [name, email, local, slack, ...principals].flatMap((one) =>
    one && one !== '*' ? one.toLowerCase() : [],
  )
}

function actorsOf({ subject, target, event }: Containment): string[] {
  const detail = typeof event.detail === 'string' ? jsonOf(event.detail) : event.detail
  const identity = dig(detail, 'userIdentity')
  const found = dig(detail, 'resource', 'accessKeyDetails')
  const { account: _account, region: _region, ...named } = target
  return [
    subject,
    ...Object.values(named),
    dig(identity, 'arn'),
    dig(identity, 'principalId'),
    dig(identity, 'userName'),
    dig(identity, 'sessionContext', 'sourceIdentity'),
    dig(found, 'principalId'),
    dig(found, 'userName'),
  ].filter((one): one is string => typeof one === 'string')
}

// An address may be a session's name whole.
const partsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[/:]/)
    .flatMap((part) => [part, part.split('@')[0] ?? part])
