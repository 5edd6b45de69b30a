import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { excepted } from '../../engine/exceptions.ts'
import { account, prefix, startCloud } from '../cloud.ts'
import { type Play, play, written } from '../laws/steps.ts'
import { scene } from '../scenes/deny-inference.ts'

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
  ])('as %s marks it', async (_by, detail) => void (await spares(detail, /sample/)))

  test('but what only speaks of samples is no sample', async () => {
    const texts = { title: 'Role sample was used', description: '[SAMPLE]' }
    const service = { additionalInfo: { sample: false, value: '{"agent":"\\"sample\\":true"}' } }
    expect((await deliver({ ...texts, service })).outcome?.status).toBe('contained')
  })
})

const sessionOf = (role: string, session: string) => ({
  userIdentity: {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    sessionContext: { sessionIssuer: { type: 'Role', userName: role } },
  },
})

describe('what Portcullis itself did is not contained', () => {
  test.each([
    ['one of its functions', sessionOf(`${prefix}-deny-inference`, 'deny-inference')],
    ['its role in a member account', sessionOf('portcullis-member', `${prefix}-deny-inference`)],
    ['a finding about its role', { resource: { accessKeyDetails: { userName: `${prefix}-announce` } } }],
  ])('as %s', async (_as, detail) => void (await spares(detail, /Portcullis itself/)))

  // Whoever assumes a role chooses the session's name: it must not be a way past us.
  test.each([
    ['a session', sessionOf('attacker', `${prefix}-deny-inference`)],
    ['a session of the member role’s name', sessionOf('attacker', 'portcullis-member')],
    [
      'a federated user',
      { userIdentity: { type: 'FederatedUser', arn: `arn:aws:sts::1:federated-user/${prefix}-x` } },
    ],
    [
      'a user',
      { userIdentity: { type: 'IAMUser', userName: `${prefix}-x`, arn: `arn:aws:iam::1:user/${prefix}-x` } },
    ],
    [
      'a user in a finding',
      { resource: { accessKeyDetails: { userType: 'IAMUser', userName: `${prefix}-x` } } },
    ],
    ['a role with another prefix', sessionOf(`x-${prefix}-y`, 'z')],
    ['a role of another stage', sessionOf(`${prefix}2`, 'z')],
  ])('but an attacker who calls %s so is', async (_what, detail) => {
    expect((await deliver(detail)).outcome?.status).toBe('contained')
  })

  test('and the actor is named in plain, printable words', async () => {
    const says = await spares(sessionOf(`${prefix}-\u001b[2K\u202e\n*${'x'.repeat(5000)}`, 's'), /itself/)
    expect(says).not.toMatch(/\p{C}/u)
    expect(says.length).toBeLessThan(400)
  })
})

describe('an exception', () => {
  const list = [
    { match: 'role/break-glass-*', owner: 'o', reason: 'r', expires: '2026-11-21' },
    { match: 'i-0abc*', account, owner: 'o', reason: 'r', expires: '2026-11-21' },
  ]
  const on = (name: string, day: string, at = account) =>
    excepted(list, at, name, new Date(day)) !== undefined

  test('holds until the end of its last day, and no longer', () => {
    expect(on('role/break-glass-1', '2026-11-21T23:59:59Z')).toBe(true)
    expect(on('role/break-glass-1', '2026-11-22T00:00:00Z')).toBe(false)
  })

  test('means a role by its bare name too, and no other kind of thing', () => {
    expect(on('break-glass-1', '2026-11-01')).toBe(true)
    expect(on('role/not-break-glass-1', '2026-11-01')).toBe(false)
    expect(on('user/break-glass-1', '2026-11-01')).toBe(false)
  })

  test('holds in its account only', () => {
    expect(on('i-0abcdef', '2026-11-01')).toBe(true)
    expect(on('i-0abcdef', '2026-11-01', '999999999999')).toBe(false)
  })
})
