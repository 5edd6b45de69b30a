import listed from '../exceptions.json' with { type: 'json' }
import { getPath } from '../lib/get-path.ts'
import { Guarded, printable } from './errors.ts'
import { type Exception, excepted, parseExceptions } from './exceptions.ts'
import type { Reading } from './playbook.ts'
import type { Event } from './rule.ts'
import type { Settings } from './settings.ts'
import type { AnyTarget } from './target.ts'

export const protectedTag = 'portcullis:protected'

const exceptions = parseExceptions(listed)

/** Whose work is our own: the stack's roles at home, and the member role in the accounts it reaches. */
export type Ours = Pick<Settings, 'account' | 'memberRole' | 'roles'>

/** Why nothing may be done about this event, if so: it is a sample, or tells of our own work. Pure. */
export function guardEvent(event: Event, settings: Ours): Guarded | undefined {
  if (isSample(event)) return new Guarded('sample', 'This is a sample finding: nobody attacked.')
  const here = recipientOf(event)
  // A role of a third account that calls here is theirs who own that account, whatever they named it.
  const actor = actorsOf(event).find(
    ({ name, account }) =>
      (account === settings.account || account === here) && isOurs(name, account, settings),
  )
  if (actor) return new Guarded('loop', `Portcullis itself did this, as ${printable(actor.name)}.`)
  return undefined
}

/** Why this target may not be contained, if so: it is a role of ours, or excepted. Pure. */
export function guardTarget(
  { account, region: _, roleName, principal, ...others }: AnyTarget,
  settings: Ours,
  now: Date,
  list: Exception[] = exceptions,
): Guarded | undefined {
  const principals = [roleName && `role/${roleName}`, principal].filter((name) => name !== undefined)
  // Nothing else that names a target is a name of ours: instances, keys and APIs we have none, a subject is only told.
  return (
    ownOf(principals, account, settings) ??
    exceptionOf([...principals, ...Object.values(others)], account, now, list)
  )
}

/** Why a target may not be contained given its tags and names, or `undefined` if it may. Pure. */
export function guardReading(
  { account }: AnyTarget,
  { tags, names = [] }: Pick<Reading, 'tags' | 'names'>,
  settings: Ours,
  now: Date,
): Guarded | undefined {
  const tag = 'none' in tags ? undefined : tags.find(({ Key }) => Key?.toLowerCase() === protectedTag)
  if (tag && tag.Value?.toLowerCase() !== 'false')
    return new Guarded('protected', `The target is tagged ${protectedTag}.`)
  return ownOf(names, account, settings) ?? exceptionOf(names, account, now, exceptions)
}

function ownOf(principals: string[], account: string, settings: Ours): Guarded | undefined {
  const own = principals.find((name) => name.startsWith('role/') && isOurs(name.slice(5), account, settings))
  return own === undefined ? undefined : new Guarded('own', `${own} is part of Portcullis.`)
}

function exceptionOf(names: string[], account: string, now: Date, list: Exception[]): Guarded | undefined {
  for (const name of names) {
    const hit = excepted(list, account, name, now)
    const until = `${name} is excepted until ${hit?.expires} by ${hit?.owner}: ${hit?.reason}`
    if (hit) return new Guarded('exception', until)
  }
  return undefined
}

/** GuardDuty and Macie mark samples in two ways, consoles in a third. Source: GuardDuty sample findings. */
function isSample({ detail }: Event): boolean {
  const info = getPath(detail, 'service', 'additionalInfo')
  if (getPath(info, 'sample') === true || getPath(detail, 'sample') === true) return true
  // GuardDuty repeats additionalInfo as a JSON string in `value`.
  if (/"sample"\s*:\s*true/.test(String(getPath(info, 'value') ?? ''))) return true
  return String(getPath(detail, 'title') ?? '').startsWith('[SAMPLE]')
}

/**
 * The roles an event may name as its author, and whose they are: we act as nothing else. Never a user's, a session's
 * or a federated user's name: whoever asks for one chooses that, and would be safe from us by calling it after us.
 */
function actorsOf({ account, detail }: Event): { name: unknown; account: unknown }[] {
  const issuer = getPath(detail, 'userIdentity', 'sessionContext', 'sessionIssuer')
  const [, owner, role] = assumedRole.exec(String(getPath(detail, 'userIdentity', 'arn'))) ?? []
  const keys = getPath(detail, 'resource', 'accessKeyDetails')
  return [
    { name: role, account: owner },
    ...(getPath(issuer, 'type') === 'Role'
      ? [{ name: getPath(issuer, 'userName'), account: getPath(issuer, 'accountId') }]
      : []),
    // A finding is about keys of its own account; those of another are of the type `AWSAccount`.
    ...(getPath(keys, 'userType') === 'AssumedRole'
      ? [{ name: getPath(keys, 'userName'), account: getPath(detail, 'accountId') ?? account }]
      : []),
  ]
}

const assumedRole = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\//

/** The account in which it happened. Sources: CloudTrail record contents; GuardDuty findings, which go to the administrator. */
const recipientOf = ({ account, detail }: Event): unknown =>
  getPath(detail, 'recipientAccountId') ?? getPath(detail, 'accountId') ?? account

/** Exact names, in the accounts where they are ours: nobody else can have a role of that name there. */
const isOurs = (name: unknown, account: unknown, settings: Ours): boolean =>
  account === settings.account ? settings.roles.some((one) => one === name) : name === settings.memberRole
