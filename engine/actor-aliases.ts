import { getPath } from '../lib/get-path.ts'
import type { Event } from './rule.ts'

/**
 * Other names by which an event shows its actor: the access key, the source identity that stays with somebody through
 * every role, and the key that an AssumeRole handed out, by which the next link of a role chain is known. Pure.
 * Sources: CloudTrail userIdentity element; IAM User Guide, "Monitor and control actions taken with assumed roles".
 */
export function actorAliases({ detail }: Event): string[] {
  const identity = getPath(detail, 'userIdentity')
  const found = {
    key: [
      getPath(identity, 'accessKeyId'),
      getPath(detail, 'resource', 'accessKeyDetails', 'accessKeyId'),
      getPath(detail, 'responseElements', 'credentials', 'accessKeyId'),
    ],
    source: [getPath(identity, 'sessionContext', 'sourceIdentity')],
  }
  const links = Object.entries(found).flatMap(([kind, values]) =>
    values.filter(isName).map((value) => `${kind}/${value}`),
  )
  return [...new Set(links)]
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 256
