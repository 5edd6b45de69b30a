import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { account, prefix, startCloud } from '../cloud.ts'
import { type Play, play, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/deny-inference.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

let it: Play
beforeEach(async () => {
  it = await play(cloud, scene)
})

const deliver = (detail: object, id?: string) => {
  const { rule, event } = it.event(id)
  return it.deliver({ rule, event: { ...event, detail: { target: it.stage.target, ...detail } } })
}

async function spares(detail: object, guard: RegExp) {
  for (let times = 0; times < 3; times++) {
    const { outcome, calls, error } = await deliver(detail)
    expect(error).toBeUndefined()
    expect(outcome).toMatchObject({ status: 'guarded', why: expect.stringMatching(guard) })
    expect(written(calls)).toEqual([])
  }
  expect(await it.stage.look()).toEqual(it.before)
  expect(await cloud.containments()).toEqual([])
  const notices = await cloud.notices()
  expect(notices).toMatchObject([{ kind: 'guarded', rule: 'law', says: expect.stringMatching(guard) }])
  return notices[0]?.says ?? ''
}

describe('a sample is not contained', () => {
  // Sources: GuardDuty's own sample findings, in EventBridge's spelling; Security Hub's and Macie's.
  test.each([
    ['GuardDuty', { service: { additionalInfo: { sample: true } } }],
    [
      'GuardDuty, in the text it repeats',
      { service: { additionalInfo: { value: '{"unusual":[1],"sample":true}' } } },
    ],
    ['Macie', { sample: true }],
    ['a title', { title: '[SAMPLE] Unusual model invocation' }],
  ])('marked by %s', async (_by, detail) => void (await spares(detail, /sample/)))

  test('but text about samples does not make a sample', async () => {
    const texts = { title: 'Role sample was used', description: '[SAMPLE]' }
    const service = { additionalInfo: { sample: false, value: '{"agent":"\\"sample\\":true"}' } }
    expect((await deliver({ ...texts, service })).outcome?.status).toBe('contained')
  })
})

const [member, stranger] = ['210987654321', '999999999999']

/** A call as CloudTrail records it: by a session of a role of `owner`, in the account of `recipient`. */
const sessionOf = (role: string, session: string, owner = account, recipient = owner) => ({
  recipientAccountId: recipient,
  userIdentity: {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${owner}:assumed-role/${role}/${session}`,
    sessionContext: { sessionIssuer: { type: 'Role', userName: role, accountId: owner } },
  },
})
const findingOn = (userType: string, userName: string, accountId = account) => ({
  accountId,
  resource: { accessKeyDetails: { userType, userName } },
})

describe('a call by Portcullis itself is not contained', () => {
  test.each([
    ['one of its functions', sessionOf(`${prefix}-deny-inference-function`, 'deny-inference')],
    ['its role in a member account', sessionOf('portcullis-member', `${prefix}-deny-inference`, member)],
    ['a finding about its role', findingOn('AssumedRole', `${prefix}-announce-function`)],
    ['a finding about its role in a member account', findingOn('AssumedRole', 'portcullis-member', member)],
  ])('as %s', async (_as, detail) => void (await spares(detail, /made this call itself/)))

  const ofIssuer = (type: string, userName: string) => ({
    userIdentity: {
      type: 'FederatedUser',
      sessionContext: { sessionIssuer: { type, userName, accountId: account } },
    },
  })
  const own = `${prefix}-deny-inference-function`
  // The creator of a role, user or session chooses its name: a name must not be a way to evade containment.
  test.each([
    ['a session', sessionOf('attacker', own)],
    ['a session of the member role’s name', sessionOf('attacker', 'portcullis-member')],
    [
      'a federated user',
      { userIdentity: { type: 'FederatedUser', arn: `arn:aws:sts::${account}:federated-user/${own}` } },
    ],
    ['the user behind a federated one', ofIssuer('IAMUser', own)],
    [
      'a user',
      { userIdentity: { type: 'IAMUser', userName: own, arn: `arn:aws:iam::${account}:user/${own}` } },
    ],
    ['a user in a finding', findingOn('IAMUser', own)],
    ['an identity of another account in a finding', findingOn('AWSAccount', own)],
    ['a role whose name only starts so', sessionOf(`${prefix}-x`, 'z')],
    ['a role with another prefix', sessionOf(`x-${own}`, 'z')],
    ['a role of another stage', sessionOf(`${prefix}2-deny-inference`, 'z')],
    ['a role of a stranger’s account', sessionOf(own, 'z', stranger, account)],
    ['a role of a member account', sessionOf(own, 'z', member)],
    ['a stranger’s member role', sessionOf('portcullis-member', 'z', stranger, account)],
    ['a stranger’s member role in a member account', sessionOf('portcullis-member', 'z', stranger, member)],
    ['a member role at home', sessionOf('portcullis-member', 'z')],
    ['a role of ours in a finding on another account', findingOn('AssumedRole', own, stranger)],
  ])('but an attacker who uses our name for %s is', async (_what, detail) => {
    expect((await deliver(detail)).outcome?.status).toBe('contained')
  })
})
