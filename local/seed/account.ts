import { seedFleet } from './fleet.ts'
import { seedApi, seedGuardrail } from './front.ts'
import { seedNetwork } from './network.ts'
import { profile, seedPeople } from './people.ts'
import type { Seeded } from './seeded.ts'

/** Seeds an empty account with an AI workload, by AWS calls. */
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
