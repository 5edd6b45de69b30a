import {
  type EC2Client,
  type Instance,
  ModifyNetworkInterfaceAttributeCommand,
  type SecurityGroup,
} from '@aws-sdk/client-ec2'
import { inBackground, settleAll } from './concurrency.ts'
import { ignoreErrors } from './expected-errors.ts'
import { deleteUnusedIsolationGroups, ensureIsolationGroup, hasNoRules, isMissingGroup } from './isolation.ts'
import type { InstanceState } from './state.ts'

type Interfaces = InstanceState['interfaces']

/** Every interface and its groups: `isolated` only if its one group is an isolation group and has no rules. */
export const interfacesOf = ({ NetworkInterfaces }: Instance, isolation: SecurityGroup[]): Interfaces =>
  Object.fromEntries(
    (NetworkInterfaces ?? []).map(({ NetworkInterfaceId = '', VpcId = '', Groups }) => {
      const groups = (Groups ?? []).map(({ GroupId = '' }) => GroupId).sort()
      const isolated = isolation.some(({ GroupId, ...group }) => GroupId === groups[0] && hasNoRules(group))
      return [
        NetworkInterfaceId,
        { vpc: VpcId, groups: groups.length === 1 && isolated ? 'isolated' : groups },
      ]
    }),
  )

/** The ids of the isolation groups by VPC, as soon as they are ready. */
type IsolationGroups = Map<string, Promise<string>>

/** Starts to find or create the isolation groups that these interfaces need. A failure is thrown when they are used. */
export function prepareIsolationGroups(
  ec2: EC2Client,
  interfaces: Interfaces,
  prefix: string,
): IsolationGroups {
  const isolated = Object.values(interfaces).filter(({ groups }) => groups === 'isolated')
  return new Map(
    [...new Set(isolated.map(({ vpc }) => vpc))].map((vpc) => [
      vpc,
      inBackground(ensureIsolationGroup(ec2, vpc, prefix)),
    ]),
  )
}

/** Sets the groups of every interface, then deletes the isolation groups that are no longer used. */
export async function writeInterfaces(
  ec2: EC2Client,
  interfaces: Interfaces,
  prefix: string,
  isolationGroups: IsolationGroups,
): Promise<void> {
  const vpcs = Map.groupBy(Object.entries(interfaces), ([, { vpc }]) => vpc)
  await settleAll(
    [...vpcs].map(([vpc, all]) => async () => {
      const isolated = all.filter(([, { groups }]) => groups === 'isolated').map(([eni]) => eni)
      const others = all.flatMap(([eni, { groups }]) => (groups === 'isolated' ? [] : [{ eni, groups }]))
      await settleAll([
        ...others.map(
          ({ eni, groups }) =>
            () =>
              setGroups(ec2, eni, groups),
        ),
        ...(isolated.length > 0 ? [() => isolate(vpc, isolated)] : []),
      ])
      if (others.length > 0) await deleteUnusedIsolationGroups(ec2, vpc, prefix)
    }),
  )

  async function isolate(vpc: string, enis: string[]): Promise<void> {
    const ensure = () => ensureIsolationGroup(ec2, vpc, prefix)
    const assign = async (group: Promise<string>) => {
      const id = await group
      await settleAll(enis.map((eni) => () => setGroups(ec2, eni, [id])))
    }
    // The release of another instance may delete the group before it is assigned.
    await assign(isolationGroups.get(vpc) ?? ensure()).catch((error) => {
      if (!isMissingGroup(error)) throw error
      return assign(ensure())
    })
  }
}

/** Sets the groups of an interface. Ignores one that was deleted: the next read shows what holds. */
export const setGroups = async (ec2: EC2Client, eni: string, groups: string[]): Promise<void> => {
  const change = new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni, Groups: groups })
  await ec2.send(change).catch(ignoreErrors('InvalidNetworkInterfaceID.NotFound'))
}
