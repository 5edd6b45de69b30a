import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  ListServiceSpecificCredentialsCommand,
  type StatusType,
  UpdateServiceSpecificCredentialCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startCloud } from '../../cloud.ts'
import { scene } from '../../scenes/identity/disable-api-key.ts'
import { forgetCredentials, IAMWithServiceCredentials } from '../../scenes/identity/service-credentials.ts'
import { doorOf } from '../attacker.ts'

// Neither emulator supports these credentials, so the tests cannot show that Bedrock refuses an inactive one, only that
// the right one is inactive.
const cloud = await startCloud()
const door = doorOf(scene.playbook)
const iam = new IAMWithServiceCredentials()
const ServiceName = 'bedrock.amazonaws.com'
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  forgetCredentials()
})

async function keyOf(UserName: string, service = ServiceName): Promise<string> {
  const make = new CreateServiceSpecificCredentialCommand({ UserName, ServiceName: service })
  const { ServiceSpecificCredential } = await iam.send(make)
  return ServiceSpecificCredential?.ServiceSpecificCredentialId ?? ''
}

async function statuses(UserName: string): Promise<Record<string, StatusType | undefined>> {
  const { ServiceSpecificCredentials = [] } = await iam.send(
    new ListServiceSpecificCredentialsCommand({ UserName }),
  )
  return Object.fromEntries(
    ServiceSpecificCredentials.map((one) => [one.ServiceSpecificCredentialId, one.Status]),
  )
}

const contain = (userName: string, serviceSpecificCredentialId: string) =>
  door.contain({ userName, serviceSpecificCredentialId })

test('one key of a user is inactive until it is released', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'ci' }))
  const [stolen, other] = [await keyOf('ci'), await keyOf('ci')]
  const outcome = await contain('ci', stolen)
  expect(outcome.status, outcome.why).toBe('contained')
  expect(await statuses('ci')).toEqual({ [stolen]: 'Inactive', [other]: 'Active' })
  expect((await door.release(outcome)).status).toBe('released')
  expect(await statuses('ci')).toEqual({ [stolen]: 'Active', [other]: 'Active' })
})

test('a key of another user or service and an expired key are not changed', async () => {
  for (const UserName of ['ci', 'alice']) await iam.send(new CreateUserCommand({ UserName }))
  const [git, hers, old] = [
    await keyOf('ci', 'codecommit.amazonaws.com'),
    await keyOf('alice'),
    await keyOf('ci'),
  ]
  await iam.send(
    new UpdateServiceSpecificCredentialCommand({
      UserName: 'ci',
      ServiceSpecificCredentialId: old,
      Status: 'Expired',
    }),
  )
  for (const id of [git, hers])
    expect(await contain('ci', id)).toMatchObject({
      status: 'guarded',
      why: expect.stringContaining('has no Bedrock API key'),
    })
  expect(await contain('ci', old)).toMatchObject({
    status: 'guarded',
    why: expect.stringContaining('expired'),
  })
  expect(await statuses('ci')).toEqual({ [git]: 'Active', [old]: 'Expired' })
  expect(await statuses('alice')).toEqual({ [hers]: 'Active' })
})

test('a break-glass user is excepted by its name', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'break-glass', Path: '/ops/' }))
  const key = await keyOf('break-glass')
  expect(await contain('break-glass', key)).toMatchObject({
    status: 'guarded',
    why: expect.stringMatching(/^user\/break-glass is excepted/),
  })
  expect(await statuses('break-glass')).toEqual({ [key]: 'Active' })
})
