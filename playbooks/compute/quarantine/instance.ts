import {
  DescribeInstancesCommand,
  type EC2Client,
  type Instance,
  type InstanceNetworkInterface,
} from '@aws-sdk/client-ec2'
import { Gone } from '../../../engine/errors.ts'

/** How EC2 says that there is no such instance. */
export const gone = ['InvalidInstanceID.NotFound']

/** The instance. Throws `Gone` when it is terminated, or about to be. */
export async function findInstance(ec2: EC2Client, instanceId: string): Promise<Instance> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }))
  const instance = Reservations?.flatMap(({ Instances }) => Instances ?? [])[0]
  const state = instance?.State?.Name
  if (!instance || state === 'terminated' || state === 'shutting-down')
    throw new Gone(`${instanceId} is ${state ?? 'not there'}.`)
  return instance
}

/** The VPCs it has interfaces in: mostly one, but an interface of another VPC can be attached. */
export const vpcsOf = ({ NetworkInterfaces }: Instance): string[] =>
  [...new Set(NetworkInterfaces?.flatMap(({ VpcId }) => VpcId ?? []))].sort()

type Addressed = Pick<
  InstanceNetworkInterface,
  'VpcId' | 'PrivateIpAddresses' | 'Ipv6Addresses' | 'Ipv4Prefixes' | 'Ipv6Prefixes'
>

/** What it may be registered as: its id, and its addresses. */
export const idsOf = (instance: Instance): string[] => [
  instance.InstanceId ?? '',
  ...vpcsOf(instance).flatMap((vpc) => cidrsOf(instance, vpc).map(addressOf)),
]

/** Every address and prefix it has in a VPC, as CIDR blocks. */
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

/** One text for one block: IPv6 can be written in many ways, and a URL's host is written in one (RFC 5952). */
export const canonicalCidr = (cidr: string): string => {
  const [address = '', bits = ''] = cidr.split('/')
  return address.includes(':') ? `${new URL(`http://[${address}]`).hostname.slice(1, -1)}/${bits}` : cidr
}
