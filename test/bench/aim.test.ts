import { describe, expect, test } from 'vitest'
import { retold } from '../../bench/aim.ts'
import type { Event, Rule } from '../../engine/rule.ts'
import { quarantineInstance } from '../../playbooks/compute/quarantine-instance.ts'
import { denyInference } from '../../playbooks/identity/deny-inference.ts'
import { notify } from '../../playbooks/notify.ts'

const event: Event = {
  id: '1',
  source: 'aws.test',
  'detail-type': 'Test',
  account: '111122223333',
  region: 'eu-west-1',
  time: '2026-01-01T00:00:00.000Z',
  resources: ['arn:aws:iam::111122223333:role/app'],
  detail: { names: ['app'], note: 'chat-app is another' },
}

const calls = (then: Rule['then']): Rule => ({
  name: 'test',
  because: 'A test.',
  severity: 'low',
  attack: [],
  when: {},
  subject: () => 'a subject',
  mode: 'contain',
  release: '1h',
  then,
})
const denies = calls({
  'deny-inference': ({ detail }) => detail.names.map((name: string) => ({ principal: `role/${name}` })),
})
const target = { account: '123456789012', region: 'us-east-1', principal: 'role/rag-indexer' }

describe('an event rewritten for another target', () => {
  test("has that target's names everywhere, as whole names only", () => {
    expect(retold(event, denyInference, denies, target)).toEqual({
      ...event,
      account: '123456789012',
      resources: ['arn:aws:iam::123456789012:role/rag-indexer'],
      detail: { names: ['rag-indexer'], note: 'chat-app is another' },
    })
  })

  test('has the account and Region of that target', () => {
    const fires: Event = { ...event, detail: { id: 'i-0123456789abcdef0', where: 'arn:aws:ec2:eu-west-1' } }
    const cuts = calls({ 'quarantine-instance': ({ detail }) => ({ instanceId: detail.id }) })
    const there = { account: '123456789012', region: 'us-east-1', instanceId: 'i-00000000000000001' }
    expect(retold(fires, quarantineInstance, cuts, there)).toMatchObject({
      region: 'us-east-1',
      detail: { id: 'i-00000000000000001', where: 'arn:aws:ec2:us-east-1' },
    })
  })

  test('is undefined if it names no target, several, another one, or cannot be read', () => {
    const named = (names: unknown) => ({ ...event, detail: { ...event.detail, names } })
    expect(retold(named([]), denyInference, denies, target)).toBeUndefined()
    expect(retold(named(['app', 'web']), denyInference, denies, target)).toBeUndefined()
    expect(retold(named(['<img>']), denyInference, denies, target)).toBeUndefined()
    const user = { ...target, principal: 'user/rag-indexer' }
    expect(retold(event, denyInference, denies, user)).toBeUndefined()
  })

  test('is unchanged where the target is only text', () => {
    const tells = calls({ notify: () => ({ subject: 'a subject' }) })
    expect(retold(event, notify, tells, { ...target, subject: 'else' })).toBe(event)
  })
})
