import {
  DescribeInstancesCommand,
  type EC2Client,
  type Instance,
  type InstanceNetworkInterface,
} from '@aws-sdk/client-ec2'
import { Gone } from '../../../engine/errors.ts'

/** The error names by which EC2 says that the instance does not exist. */
export const gone = ['InvalidInstanceID.NotFound']

/** The instance. Throws `Gone` if it is terminated or shutting down. */
export async function findInstance(ec2: EC2Client, instanceId: string): Promise<Instance> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }))
  const instance = Reservations?.flatMap(({ Instances }) => Instances ?? [])[0]
  const state = instance?.State?.Name
  if (!instance || state === 'terminated' || state === 'shutting-down')
    throw new Gone(`${instanceId} ${state ? `is ${state}` : 'does not exist'}.`)
  return instance
}

/** The VPCs of its interfaces: usually one, but an interface in another VPC can be attached. */
export const vpcsOf = ({ NetworkInterfaces }: Instance): string[] =>
  [...new Set(NetworkInterfaces?.flatMap(({ VpcId }) => VpcId ?? []))].sort()

type Addressed = Pick<
  InstanceNetworkInterface,
  'VpcId' | 'PrivateIpAddresses' | 'Ipv6Addresses' | 'Ipv4Prefixes' | 'Ipv6Prefixes'
>

/** The ids under which it may be registered in a target group: its instance id and its addresses. */
export const idsOf = (instance: Instance): string[] => [
  instance.InstanceId ?? '',
  ...vpcsOf(instance).flatMap((vpc) => cidrsOf(instance, vpc).map(addressOf)),
]

/** Its addresses and prefixes in a VPC, as sorted CIDR blocks. */
export function cidrsOf(
  { NetworkInterfaces }: { NetworkInterfaces?: Addressed[] | undefined },
  vpc: string | undefined,
): string[] {
  return (NetworkInterfaces ?? [])
    .filter(({ VpcId }) => VpcId === vpc)
    .flatMap(({ PrivateIpAddresses = [], Ipv6Addresses = [], Ipv4Prefixes = [], Ipv6Prefixes = [] }) => [
      ...PrivateIpAddresses.flatMap(({ PrivateIpAddress }) =>
        PrivateIpAddress ? `${PrivateIpAddress}/32` : [],
      ),
      ...Ipv6Addresses.flatMap(({ Ipv6Address }) => (Ipv6Address ? `${Ipv6Address}/128` : [])),
      ...Ipv4Prefixes.flatMap(({ Ipv4Prefix }) => Ipv4Prefix ?? []),
      ...Ipv6Prefixes.flatMap(({ Ipv6Prefix }) => Ipv6Prefix ?? []),
    ])
    .map(canonicalCidr)
    .sort()
}

const addressOf = (cidr: string): string => cidr.slice(0, cidr.lastIndexOf('/'))

/** The canonical text of a CIDR block: IPv6 has many spellings, and the host of a URL uses one (RFC 5952). */
export const canonicalCidr = (cidr: string): string => {
  const [address = '', bits = ''] = cidr.split('/')
  return address.includes(':') ? `${new URL(`http://[${address}]`).hostname.slice(1, -1)}/${bits}` : cidr
}
