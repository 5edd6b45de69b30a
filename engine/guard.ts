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

/** The roles of Portcullis: those of the stack in its own account, and the member role in the others. */
export type Ours = Pick<Settings, 'account' | 'memberRole' | 'roles'>

/** Why this event must not be acted on, if so: it is a sample finding, or a call by Portcullis. Pure. */
export function guardEvent(event: Event, settings: Ours): Guarded | undefined {
  if (isSample(event)) return new Guarded('sample', 'This is a sample finding.')
  const here = recipientOf(event)
  // A role of a third account belongs to the owner of that account, whatever its name.
  const actor = actorsOf(event).find(
    ({ name, account }) =>
      (account === settings.account || account === here) && isOurs(name, account, settings),
  )
  if (actor) return new Guarded('loop', `Portcullis made this call itself, as ${printable(actor.name)}.`)
  return undefined
}

/** Why this target must not be contained, if so: it is a role of Portcullis, or excepted. Pure. */
export function guardTarget(
  { account, region: _, roleName, principal, ...others }: AnyTarget,
  settings: Ours,
  now: Date,
  list: Exception[] = exceptions,
): Guarded | undefined {
  const principals = [roleName && `role/${roleName}`, principal].filter((name) => name !== undefined)
  // Portcullis owns no instances, keys or APIs, and a subject is only reported: only roles can be ours.
  return (
    ownOf(principals, account, settings) ??
    exceptionOf([...principals, ...Object.values(others)], account, now, list)
  )
}

/** Why a target must not be contained because of its tags or names, if so. Pure. */
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
    const exception = excepted(list, account, name, now)
    if (!exception) continue
    const { expires, owner, reason } = exception
    return new Guarded('exception', `${name} is excepted until ${expires} by ${owner}: ${reason}`)
  }
  return undefined
}

/** GuardDuty and Macie mark sample findings in two ways, their consoles in a third. Source: GuardDuty sample findings. */
function isSample({ detail }: Event): boolean {
  const info = getPath(detail, 'service', 'additionalInfo')
  if (getPath(info, 'sample') === true || getPath(detail, 'sample') === true) return true
  // GuardDuty repeats additionalInfo as a JSON string in `value`.
  if (/"sample"\s*:\s*true/.test(String(getPath(info, 'value') ?? ''))) return true
  return String(getPath(detail, 'title') ?? '').startsWith('[SAMPLE]')
}

/**
 * The roles that an event names as its actor, with their accounts: Portcullis acts only as roles. Names of users,
 * sessions and federated users do not count: their creator chooses them, and could evade containment by using our name.
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
    // A finding names keys of its own account; keys of another account have the type `AWSAccount`.
    ...(getPath(keys, 'userType') === 'AssumedRole'
      ? [{ name: getPath(keys, 'userName'), account: getPath(detail, 'accountId') ?? account }]
      : []),
  ]
}

const assumedRole = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\//

/** The account in which it happened: findings are delivered in the administrator's. Sources: CloudTrail record contents; GuardDuty findings. */
const recipientOf = ({ account, detail }: Event): unknown =>
  getPath(detail, 'recipientAccountId') ?? getPath(detail, 'accountId') ?? account

/** Compares exact names in the accounts where they are ours: no other role can have that name there. */
const isOurs = (name: unknown, account: unknown, settings: Ours): boolean =>
  account === settings.account ? settings.roles.some((one) => one === name) : name === settings.memberRole
