import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2'

/** An instance as EC2 describes it. Throws when it does not exist. */
export async function instance(InstanceId: string) {
  const { Reservations } = await ec2().send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }))
  const found = Reservations?.[0]?.Instances?.[0]
  if (!found) throw new Error(`${InstanceId} does not exist any more.`)
  return found
}

let client: EC2Client | undefined
export const ec2 = () => (client ??= new EC2Client({}))
