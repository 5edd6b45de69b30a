import type { Containment, Incident } from '../../engine/journal/record.ts'
import { getPath } from '../../lib/get-path.ts'
import { parseJson } from '../../lib/parse-json.ts'
import type { Person } from '../routing.ts'

/**
 * Whether an incident is about this person: one of their names is a part of its subject, of the name of the session
 * that the event shows, or of what it would contain. Pure. Source: CloudTrail userIdentity element.
 */
export function isSubject(person: Person, { subject, containments }: Incident): boolean {
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
  const detail = typeof event.detail === 'string' ? parseJson(event.detail) : event.detail
  const identity = getPath(detail, 'userIdentity')
  const found = getPath(detail, 'resource', 'accessKeyDetails')
  const { account: _account, region: _region, ...named } = target
  return [
    subject,
    ...Object.values(named),
    getPath(identity, 'arn'),
    getPath(identity, 'principalId'),
    getPath(identity, 'userName'),
    getPath(identity, 'sessionContext', 'sourceIdentity'),
    getPath(found, 'principalId'),
    getPath(found, 'userName'),
  ].filter((one): one is string => typeof one === 'string')
}

// An address may be a session's name whole.
const partsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[/:]/)
    .flatMap((part) => [part, part.split('@')[0] ?? part])
