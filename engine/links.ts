import { dig } from './dig.ts'
import type { Event } from './rule.ts'

/**
 * Other names by which an event shows its actor: the access key, the source identity that stays with somebody through
 * every role, and the key that an AssumeRole handed out, by which the next link of a role chain is known. Pure.
 * Sources: CloudTrail userIdentity element; IAM User Guide, "Monitor and control actions taken with assumed roles".
 */
export function linksOf({ detail }: Event): string[] {
  const identity = dig(detail, 'userIdentity')
  const found = {
    key: [
      dig(identity, 'accessKeyId'),
      dig(detail, 'resource', 'accessKeyDetails', 'accessKeyId'),
      dig(detail, 'responseElements', 'credentials', 'accessKeyId'),
    ],
    source: [dig(identity, 'sessionContext', 'sourceIdentity')],
  }
  const links = Object.entries(found).flatMap(([kind, values]) =>
    values.filter(isName).map((value) => `${kind}/${value}`),
  )
  return [...new Set(links)]
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 256
