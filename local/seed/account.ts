import { seedFleet } from './fleet.ts'
import { seedApi, seedGuardrail } from './front.ts'
import { seedNetwork } from './network.ts'
import { profile, seedPeople } from './people.ts'
import type { Seeded } from './seeded.ts'

/** An account worth defending, made with the cloud's own calls in an account that is empty. */
export async function seed(account: string, region: string): Promise<Seeded> {
  const [network, people, api, guardrail] = await Promise.all([
    seedNetwork(),
    seedPeople(),
    seedApi(),
    seedGuardrail(),
  ])
  const fleet = await seedFleet(network, profile)
  return { account, region, network, fleet, ...people, api, guardrail }
}
