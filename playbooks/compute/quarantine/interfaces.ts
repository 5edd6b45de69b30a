import {
  type EC2Client,
  type Instance,
  ModifyNetworkInterfaceAttributeCommand,
  type SecurityGroup,
} from '@aws-sdk/client-ec2'
import { dropIsolation, ensureIsolation, isMissingGroup, isSealed } from './isolation.ts'
import type { State } from './state.ts'
import { begun, every, unless } from './together.ts'

type Interfaces = State['interfaces']

/** Every interface and its groups; `isolated` is only said where the one group is ours and has no rule at all. */
export const interfacesOf = ({ NetworkInterfaces }: Instance, isolation: SecurityGroup[]): Interfaces =>
  Object.fromEntries(
    (NetworkInterfaces ?? []).map(({ NetworkInterfaceId = '', VpcId = '', Groups }) => {
      const groups = (Groups ?? []).map(({ GroupId = '' }) => GroupId).sort()
      const sealed = isolation.some(({ GroupId, ...group }) => GroupId === groups[0] && isSealed(group))
      return [NetworkInterfaceId, { vpc: VpcId, groups: groups.length === 1 && sealed ? 'isolated' : groups }]
    }),
  )

/** The isolation groups in the making, by VPC. */
type Isolation = Map<string, Promise<string>>

/** Begins to find, make and empty the groups that these interfaces will need; what fails is said when they do. */
export function beginIsolation(ec2: EC2Client, interfaces: Interfaces, prefix: string): Isolation {
  const isolated = Object.values(interfaces).filter(({ groups }) => groups === 'isolated')
  return new Map(
    [...new Set(isolated.map(({ vpc }) => vpc))].map((vpc) => [
      vpc,
      begun(ensureIsolation(ec2, vpc, prefix)),
    ]),
  )
}

/** Gives every interface its groups; an isolation group that no interface has any more is deleted. */
export async function writeInterfaces(
  ec2: EC2Client,
  interfaces: Interfaces,
  prefix: string,
  isolation: Isolation,
): Promise<void> {
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
        ...(isolated.length > 0 ? [() => isolate(vpc, isolated)] : []),
      ])
      if (others.length > 0) await dropIsolation(ec2, vpc, prefix)
    }),
  )

  async function isolate(vpc: string, enis: string[]): Promise<void> {
    const ensure = () => ensureIsolation(ec2, vpc, prefix)
    const put = async (group: Promise<string>) => {
      const id = await group
      await every(enis.map((eni) => () => wear(ec2, eni, [id])))
    }
    // The release of another instance may delete the group between our finding and our using it.
    await put(isolation.get(vpc) ?? ensure()).catch((error) => {
      if (!isMissingGroup(error)) throw error
      return put(ensure())
    })
  }
}

/** Gives an interface its groups. One that was deleted needs none; whether the state holds is for the read to say. */
export const wear = async (ec2: EC2Client, eni: string, groups: string[]): Promise<void> => {
  const change = new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni, Groups: groups })
  await ec2.send(change).catch(unless('InvalidNetworkInterfaceID.NotFound'))
}
