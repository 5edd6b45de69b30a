import { CreateRoleCommand, IAMClient, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { actionsOf } from '../../engine/policy.ts'
import { account, startCloud } from '../cloud.ts'
import { emptyTrust } from '../documents.ts'
import { own, type Play, play } from '../laws/steps.ts'
import { deployPolicy, scene } from '../scenes/identity/deny-inference.ts'

const cloud = await startCloud({ PORTCULLIS_MEMBER_ROLE: 'portcullis-member' })
afterAll(() => cloud.stop())

const member = '999999999999'
const RoleArn = `arn:aws:iam::${member}:role/portcullis-member`
const RoleName = 'rag-indexer'

let it: Play
let there: IAMClient
beforeEach(async () => {
  it = await play(cloud, scene)
  const { Credentials } = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'builder' }),
  )
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  there = new IAMClient({
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  })
  await there.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: emptyTrust }))
  await deployPolicy(there)
  it.stage.target = { ...it.stage.target, account: member }
})

const denied = async () =>
  (await there.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies?.map(
    ({ PolicyArn }) => PolicyArn,
  )

test('a target in another account is reached through its member role, with only the grants of the playbook', async () => {
  const { calls } = await it.contain()
  const [assumed, ...others] = calls.filter(({ action }) => action === 'sts:AssumeRole')
  expect(others, 'assumed once for all its calls').toEqual([])
  const asked = new URLSearchParams(assumed?.body)
  expect(asked.get('RoleArn')).toBe(RoleArn)
  expect(asked.get('RoleSessionName')).toBe('portcullis-test-deny-inference')
  const policy = JSON.parse(asked.get('Policy') ?? '{}')
  expect(policy.Statement).toEqual([{ Effect: 'Allow', Action: actionsOf(scene.playbook), Resource: '*' }])
  expect(asked.get('Policy')?.length, 'characters that a session policy may have').toBeLessThan(2048)
  expect(own(calls).length).toBeGreaterThan(2)

  expect(await denied()).toEqual([`arn:aws:iam::${member}:policy/portcullis-test-deny-inference`])

  // The role of the same name in the stack's account is another target.
  expect(await it.stage.look()).toEqual(it.before)
  const [clock, event] = [await it.clock(), it.event()]
  it.stage.target = { ...it.stage.target, account }
  expect((await it.deliver(it.event())).outcome?.status).toBe('contained')
  expect(await cloud.containments()).toHaveLength(2)

  expect((await it.deliver(clock)).outcome?.status).toBe('released')
  expect(await denied()).toEqual([])
  expect(await it.stage.look()).not.toEqual(it.before)
  expect((await it.deliver(event)).outcome?.status, 'a late duplicate').toBe('already')
})
