import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail'
import { managementOf, type Trail } from './trail.ts'

/** Every trail that covers this Region, with its event selectors. Throws errors of AWS. */
export async function trailsOf(): Promise<Trail[]> {
  const client = new CloudTrailClient({})
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }))
  return Promise.all(
    trailList.map(async ({ TrailARN = '', Name = '', IsMultiRegionTrail = false }) => {
      const arn = TrailARN || Name
      const [{ IsLogging = false }, { EventSelectors = [], AdvancedEventSelectors = [] }] = await Promise.all(
        [
          client.send(new GetTrailStatusCommand({ Name: arn })),
          client.send(new GetEventSelectorsCommand({ TrailName: arn })),
        ],
      )
      return {
        arn,
        isMultiRegion: IsMultiRegionTrail,
        isLogging: IsLogging,
        selectors: EventSelectors,
        advanced: AdvancedEventSelectors,
      }
    }),
  )
}

/** The trail that needs the fewest fixes: the one that is checked and fixed. */
export function bestOf(trails: Trail[]): Trail | undefined {
  const worth = (it: Trail) =>
    Number(it.isLogging) +
    Number(it.isMultiRegion) +
    Number(managementOf(it).reads && managementOf(it).writes)
  return trails.toSorted((a, b) => worth(b) - worth(a))[0]
}
