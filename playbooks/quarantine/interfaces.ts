import {
  type EC2Client,
  type Instance,
  ModifyNetworkInterfaceAttributeCommand,
  type SecurityGroup,
} from '@aws-sdk/client-ec2'
import { dropIsolation, ensureIsolation, isMissingGroup, isSealed } from './isolation.ts'
import type { State } from './state.ts'
import { every, unless } from './together.ts'

type Interfaces = State['interfaces']

/** Every interface and its groups; `isolated` is only said where the one group has no rule at all. */
export const interfacesOf = ({ NetworkInterfaces }: Instance, isolation: SecurityGroup[]): Interfaces =>
  Object.fromEntries(
    (NetworkInterfaces ?? []).map(({ NetworkInterfaceId = '', VpcId = '', Groups }) => {
      const groups = (Groups ?? []).map(({ GroupId = '' }) => GroupId).sort()
      const seal = isolation.find((group) => group.VpcId === VpcId && isSealed(group))?.GroupId
      return [
        NetworkInterfaceId,
        { vpc: VpcId, groups: groups.length === 1 && groups[0] === seal ? 'isolated' : groups },
      ]
    }),
  )

/** Gives every interface its groups; an isolation group that no interface has any more is deleted. */
export async function writeInterfaces(ec2: EC2Client, interfaces: Interfaces, prefix: string): Promise<void> {
  const vpcs = Map.groupBy(Object.entries(interfaces), ([, { vpc }]) => vpc)
  await every(
    [...vpcs].map(([vpc, all]) => async () => {
      const isolated = all.filter(([, { groups }]) => groups === 'isolated').map(([eni]) => eni)
      const others = all.flatMap(([eni, { groups }]) => (groups === 'isolated' ? [] : [{ eni, groups }]))
      await every([
        ...others.map(
          ({ eni, groups }) =>
            () =>
              wear(ec2, eni, groups),
        ),
        ...(isolated.length > 0 ? [() => isolate(ec2, vpc, isolated, prefix)] : []),
      ])
      if (others.length > 0) await dropIsolation(ec2, vpc, prefix)
    }),
  )
}

async function isolate(ec2: EC2Client, vpc: string, enis: string[], prefix: string): Promise<void> {
  const once = async () => {
    const group = await ensureIsolation(ec2, vpc, prefix)
    await every(enis.map((eni) => () => wear(ec2, eni, [group])))
  }
  // The release of another instance may delete the group between our finding and our using it.
  await once().catch((error) => {
    if (!isMissingGroup(error)) throw error
    return once()
  })
}

// An interface that was deleted needs no groups; whether the state holds is for the read to say.
const wear = async (ec2: EC2Client, eni: string, groups: string[]): Promise<void> => {
  const change = new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni, Groups: groups })
  await ec2.send(change).catch(unless('InvalidNetworkInterfaceID.NotFound'))
}
