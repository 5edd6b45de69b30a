import {
  AttachInstancesCommand,
  type AutoScalingClient,
  AutoScalingServiceException,
  DescribeAutoScalingGroupsCommand,
  EnterStandbyCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { writeScaling } from '../../../playbooks/compute/quarantine/scaling.ts'
import { startCloud } from '../../cloud.ts'
import { instance, scaling } from '../../scenes/compute/instance-parts.ts'
import { clients, vpc } from '../../scenes/compute/network-parts.ts'

const cloud = await startCloud()
const AutoScalingGroupName = 'rag-workers'
afterAll(() => cloud.stop())

let workers: string[]
beforeEach(async () => {
  await cloud.reset()
  const { subnets } = await vpc('10.50', 1)
  workers = []
  for (let n = 0; n < 3; n++)
    workers.push((await instance([{ subnet: subnets[0], groups: [] }], {})).instanceId)
  const [first = '', ...InstanceIds] = workers
  await scaling(first, subnets)
  const { autoscaling } = clients()
  await autoscaling.send(new AttachInstancesCommand({ AutoScalingGroupName, InstanceIds }))
  await autoscaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize: 2 }))
})

const now = async () => {
  const names = { AutoScalingGroupNames: [AutoScalingGroupName] }
  const { AutoScalingGroups } = await clients().autoscaling.send(new DescribeAutoScalingGroupsCommand(names))
  const { DesiredCapacity = 0, MinSize = 0, Instances = [] } = AutoScalingGroups?.[0] ?? {}
  const states = workers.map((id) => Instances.find(({ InstanceId }) => InstanceId === id)?.LifecycleState)
  return { DesiredCapacity, MinSize, states }
}

/**
 * moto 5.2.5 shrinks a group below its minimum; AWS refuses that (API reference, EnterStandby: "as long as the desired
 * capacity … is equal to or greater than the minimum capacity"). The first `together` reads are answered at the same
 * moment, as for concurrent functions.
 */
function strict(together: number): AutoScalingClient {
  const { autoscaling } = clients()
  const met = Promise.withResolvers<void>()
  let looks = 0
  let turn: Promise<unknown> = Promise.resolve()
  const value = async (command: EnterStandbyCommand) => {
    if (!(command instanceof EnterStandbyCommand)) {
      const answer = await autoscaling.send(command)
      if (++looks === together) met.resolve()
      await met.promise
      return answer
    }
    const mine = turn.then(async () => {
      const { DesiredCapacity, MinSize } = await now()
      if (command.input.ShouldDecrementDesiredCapacity && DesiredCapacity <= MinSize)
        throw new AutoScalingServiceException({
          name: 'ValidationError',
          $fault: 'client',
          $metadata: { httpStatusCode: 400 },
          message: 'AutoScalingGroup would fall below its minimum.',
        })
      return autoscaling.send(command)
    })
    turn = mine.catch(() => undefined)
    return mine
  }
  return Object.create(autoscaling, { send: { value } })
}

test('two instances of a group that can shrink by one are both put into standby', async () => {
  expect(await now()).toMatchObject({ DesiredCapacity: 3, MinSize: 2 })
  const client = strict(2)
  const both = workers
    .slice(0, 2)
    .map((id) => writeScaling(client, id, { [AutoScalingGroupName]: 'standby' }))
  await Promise.all(both)
  expect(await now()).toEqual({
    DesiredCapacity: 2,
    MinSize: 2,
    states: ['Standby', 'Standby', 'InService'],
  })
})

test('a second refusal by Auto Scaling is reported', async () => {
  const { autoscaling } = clients()
  const refused = new AutoScalingServiceException({
    name: 'ValidationError',
    $fault: 'client',
    $metadata: {},
    message: 'No.',
  })
  let asked = 0
  const value = async (command: EnterStandbyCommand) => {
    if (!(command instanceof EnterStandbyCommand)) return autoscaling.send(command)
    asked++
    throw refused
  }
  const client = Object.create(autoscaling, { send: { value } })
  await expect(writeScaling(client, workers[0] ?? '', { [AutoScalingGroupName]: 'standby' })).rejects.toBe(
    refused,
  )
  expect(asked).toBe(2)
})
