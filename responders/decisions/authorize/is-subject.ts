import type { Containment, Incident } from '../../../engine/journal/record.ts'
import { getPath } from '../../../lib/get-path.ts'
import { parseJson } from '../../../lib/parse-json.ts'
import type { Person } from '../../routing.ts'

/**
 * Whether a person is the subject of an incident: one of their names is part of its subject, of the session name in
 * the event, or of a containment's target. Pure. Source: CloudTrail userIdentity element.
 */
export function isSubject(person: Person, { subject, containments }: Incident): boolean {
  const names = new Set(namesOf(person))
  return [subject, ...containments.flatMap(actorsOf)].flatMap(partsOf).some((part) => names.has(part))
}

function namesOf({ name, email, slack, iam }: Person): string[] {
  const localPart = email?.split('@')[0]
  // Role and session name of `arn:aws:sts::111122223333:assumed-role/PlatformSec/maria`; for a user, the user name.
  const principals = iam.flatMap((arn) => arn.split('/').slice(1))
  return [name, email, localPart, slack, ...principals].flatMap((one) =>
    one && one !== '*' ? one.toLowerCase() : [],
  )
}

function actorsOf({ subject, target, event }: Containment): string[] {
  const detail = typeof event.detail === 'string' ? parseJson(event.detail) : event.detail
  const identity = getPath(detail, 'userIdentity')
  const accessKey = getPath(detail, 'resource', 'accessKeyDetails')
  const { account: _account, region: _region, ...identifiers } = target
  return [
    subject,
    ...Object.values(identifiers),
    getPath(identity, 'arn'),
    getPath(identity, 'principalId'),
    getPath(identity, 'userName'),
    getPath(identity, 'sessionContext', 'sourceIdentity'),
    getPath(accessKey, 'principalId'),
    getPath(accessKey, 'userName'),
  ].filter((one): one is string => typeof one === 'string')
}

// A session name may be a whole mail address, so its local part counts as well.
const partsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[/:]/)
    .flatMap((part) => [part, part.split('@')[0] ?? part])
