import { fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { partitionOf } from '../lib/partition.ts'
import type { AnyPlaybook, ClientClass, Clients, Made } from './playbook.ts'
import { sessionPolicyOf } from './policy.ts'
import type { Settings } from './settings.ts'

const made = new Map<string, object>()

/**
 * The playbook's clients for the account and Region of a target, made once per container: at home with the
 * function's own role, elsewhere as the member role narrowed to the playbook's grants.
 */
export function clientsFor<C extends Clients>(
  playbook: Omit<AnyPlaybook, 'clients'> & { clients: C },
  target: { account: string; region: string },
  { account, memberRole, prefix }: Settings,
): Made<C> {
  const place = playbook.home ? { account, region: process.env.AWS_REGION } : target
  const entries = Object.entries<ClientClass>(playbook.clients).map(([name, Client]) => {
    const key = `${playbook.name} ${place.account} ${place.region} ${name}`
    const client = made.get(key) ?? new Client({ region: place.region, ...credentials() })
    made.set(key, client)
    return [name, client]
  })
  return Object.fromEntries(entries) as Made<C>

  function credentials() {
    if (place.account === account) return {}
    const params = {
      RoleArn: `arn:${partitionOf(target.region)}:iam::${target.account}:role/${memberRole}`,
      RoleSessionName: `${prefix}-${playbook.name}`.slice(0, 64),
      Policy: sessionPolicyOf(playbook),
    }
    return { credentials: fromTemporaryCredentials({ params }) }
  }
}
