import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAliases, joinIncident } from '../../engine/journal/incident.ts'
import type { Event } from '../../engine/rule.ts'
import { readSettings } from '../../engine/settings.ts'
import { account, startCloud } from '../cloud.ts'

const cloud = await startCloud()
beforeAll(() => cloud.reset())
afterAll(() => cloud.stop())

const call = (detail: object): Event => ({
  id: 'event-1',
  source: 'aws.sts',
  'detail-type': 'AWS API Call via CloudTrail',
  account,
  region: 'us-east-1',
  time: '2026-11-21T06:00:00Z',
  resources: [],
  detail: { ...detail },
})
const key = (accessKeyId: string) => ({ userIdentity: { accessKeyId } })
const first = call({
  ...key('AKIAFIRSTFIRSTFIRST1'),
  eventName: 'AssumeRole',
  responseElements: { credentials: { accessKeyId: 'ASIASECONDSECOND0002' } },
})
const enter = (subject: string, event: Event, cause: string) =>
  joinIncident({ account, subject, aliases: actorAliases(event), cause }, readSettings())

test('assuming a role and acting as that role is one incident', async () => {
  const user = await enter('user/mallory', first, 'event-1')
  expect(await enter('role/admin', call(key('ASIASECONDSECOND0002')), 'event-2')).toBe(user)
  expect(await enter('role/other', call(key('ASIASOMEBODYELSE0003')), 'event-3')).not.toBe(user)
})

test('calls with one source identity through several roles are one incident', async () => {
  const as = (sourceIdentity: string) => call({ userIdentity: { sessionContext: { sourceIdentity } } })
  const one = await enter('role/a', as('eve'), 'event-4')
  expect(await enter('role/b', as('eve'), 'event-5')).toBe(one)
  expect(await enter('role/c', as('bob'), 'event-6')).not.toBe(one)
})

test('an event without names has no aliases', () => {
  const nothing = [
    {},
    { userIdentity: null },
    { userIdentity: { accessKeyId: '' } },
    { userIdentity: { accessKeyId: 7 } },
    { userIdentity: { accessKeyId: 'A'.repeat(10_000) } },
  ]
  for (const detail of nothing) expect(actorAliases(call(detail))).toEqual([])
})
