import {
  DescribeInstanceAttributeCommand,
  type EC2Client,
  ModifyInstanceAttributeCommand,
} from '@aws-sdk/client-ec2'
import { settleAll } from './concurrency.ts'
import type { InstanceState } from './state.ts'

type Attributes = Pick<InstanceState, 'termination' | 'shutdown'>

/** The instance's termination protection and shutdown behavior, for an instance that is not a Spot Instance. */
export async function findAttributes(ec2: EC2Client, InstanceId: string): Promise<Attributes> {
  const ask = <A extends 'disableApiTermination' | 'instanceInitiatedShutdownBehavior'>(Attribute: A) =>
    ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute }))
  const [protection, behaviour] = await Promise.all([
    ask('disableApiTermination'),
    ask('instanceInitiatedShutdownBehavior'),
  ])
  return {
    termination: protection.DisableApiTermination?.Value === true ? 'refused' : 'allowed',
    shutdown: behaviour.InstanceInitiatedShutdownBehavior?.Value === 'terminate' ? 'terminate' : 'stop',
  }
}

/** Sets both attributes: one call sets one attribute. */
export async function writeAttributes(
  ec2: EC2Client,
  InstanceId: string,
  { termination, shutdown }: Attributes,
): Promise<void> {
  const protection = { DisableApiTermination: { Value: termination === 'refused' } }
  // By name and value: moto 5.2.5 does not support the other form here, and would remove the security groups.
  const behaviour = { Attribute: 'instanceInitiatedShutdownBehavior' as const, Value: shutdown }
  const set = (one: object) => () => ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, ...one }))
  await settleAll([
    ...(termination === 'spot' ? [] : [set(protection)]),
    ...(shutdown === 'spot' ? [] : [set(behaviour)]),
  ])
}
