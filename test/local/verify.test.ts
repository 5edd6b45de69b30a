import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Containment } from '../../engine/journal/record.ts'
import { type Emulators, startEmulators } from '../../local/emulators.ts'
import { pointAt } from '../../local/local-account.ts'
import { AlertsReader } from '../../local/replay/mail.ts'
import { seed } from '../../local/seed/account.ts'
import { look } from '../../local/seed/look.ts'
import type { Seeded } from '../../local/seed/seeded.ts'
import { isTargetGone, verifyInEffect } from '../../local/verify.ts'

let emulators: Emulators
let seeded: Seeded
beforeAll(async () => {
  emulators = await startEmulators()
  pointAt(emulators.url)
  seeded = await seed('123456789012', 'us-east-1')
})
afterAll(() => emulators.stop())

const inbox = new AlertsReader('arn:aws:sns:us-east-1:123456789012:none')
const claimed = (playbook: string, named: object) =>
  ({ playbook, target: { account: '123456789012', region: 'us-east-1', ...named } }) as Containment

const claims = (): [string, object][] => [
  ['deny-inference', { principal: 'role/ml-engineer' }],
  ['deny-inference', { principal: 'user/eval-batch' }],
  ['deny-session', { roleName: 'rag-indexer', principalId: `${seeded.roles['rag-indexer'].id}:session` }],
  ['disable-access-key', { accessKeyId: seeded.users['ci-deployer'].key }],
  ['quarantine-instance', { instanceId: seeded.fleet.trainer.id }],
  ['revoke-sessions', { roleName: 'rag-indexer' }],
  ['snapshot-volumes', { instanceId: seeded.fleet.trainer.id }],
  ['throttle-stage', { apiName: seeded.api.name, stageName: seeded.api.stage }],
]

describe('a claim', () => {
  it('is refuted by an unchanged account', async () => {
    for (const [playbook, named] of claims()) {
      const { holds, says } = await verifyInEffect(claimed(playbook, named), inbox)
      expect({ playbook, holds, reasons: says.length > 0 }).toEqual({ playbook, holds: false, reasons: true })
      expect(await isTargetGone(claimed(playbook, named), inbox)).toEqual({ holds: true, says: [] })
    }
  })

  it('is confirmed by the account while it is in effect', async () => {
    const iam = new IAMClient({})
    const denial = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'bedrock:Invoke*', Resource: '*' }],
    }
    const made = new CreatePolicyCommand({ PolicyName: 'any-name', PolicyDocument: JSON.stringify(denial) })
    const { Policy } = await iam.send(made)
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'ml-engineer', PolicyArn: Policy?.Arn }))
    const denied = claimed('deny-inference', { principal: 'role/ml-engineer' })
    const says = ['a policy on role/ml-engineer denies bedrock:InvokeModel']
    expect(await verifyInEffect(denied, inbox)).toEqual({ holds: true, says })
    expect(await isTargetGone(denied, inbox)).toEqual({ holds: false, says })
  })

  it('that the account is unchanged is refuted by a single access key', async () => {
    const before = await look(seeded)
    expect(await look(seeded)).toEqual(before)
    const { name: UserName, key: AccessKeyId } = seeded.users['eval-batch']
    await new IAMClient({}).send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }))
    expect(await look(seeded)).not.toEqual(before)
  })
})
