import { describe, expect, test } from 'vitest'
import { excepted } from '../../engine/exceptions.ts'
import { guardReading, guardTarget, type Ours } from '../../engine/guard.ts'
import type { AnyTarget } from '../../engine/target.ts'
import shipped from '../../exceptions.json' with { type: 'json' }
import { account, prefix, region } from '../cloud.ts'

const member = '210987654321'

describe('a part of Portcullis', () => {
  const ours: Ours = { account, memberRole: 'portcullis-member', roles: [`${prefix}-deny-inference`] }
  const at = (target: object, where = account) => ({ account: where, region, ...target }) as AnyTarget
  const guardOf = (target: AnyTarget) => guardTarget(target, ours, new Date(), [])?.guard
  const role = `${prefix}-deny-inference`

  test.each([
    [at({ roleName: role })],
    [at({ roleName: role, principalId: 'AROAEXAMPLEEXAMPLE123:session' })],
    [at({ principal: `role/${role}` })],
    [at({ roleName: 'portcullis-member' }, member)],
    [at({ principal: 'role/portcullis-member' }, member)],
  ])('is a role with its exact name, in our accounts: %o', (target) => {
    expect(guardOf(target)).toBe('own')
    const { roleName = '', principal = `role/${roleName}` } = target
    expect(
      guardReading(at({}, target.account), { tags: [], names: [principal] }, ours, new Date())?.guard,
    ).toBe('own')
  })

  test.each([
    [at({ roleName: `${prefix}-x` })],
    [at({ principal: `role/${prefix}` })],
    [at({ principal: `user/${role}` })],
    [at({ principal: `role/${role}` }, member)],
    [at({ principal: 'role/portcullis-member' })],
    [at({ apiName: role, stageName: role })],
    [at({ apiName: `role/${role}`, stageName: 'prod' })],
    // Only reported: responders must learn what our own role did.
    [at({ subject: `role/${role}` })],
    [at({ subject: role })],
    [at({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' })],
    [at({ instanceId: 'i-0123456789abcdef0' })],
  ])('is nothing else of that name: %o', (target) => expect(guardOf(target)).toBeUndefined())

  test.each([[`role/${prefix}-x`], [`user/${role}`], [`user/${role}/mallory`], [`role/${role}/mallory`]])(
    'nor is what a read finds under the path or name %s',
    (name) => expect(guardReading(at({}), { tags: [], names: [name] }, ours, new Date())).toBeUndefined(),
  )
})

describe('an exception', () => {
  const why = { owner: 'o', reason: 'r', expires: '2026-11-21' }
  const list = [
    { match: 'role/break-glass', ...why },
    { match: 'user/ops/*', ...why },
    { match: 'i-0abc*', account, ...why },
    { match: 'bare', ...why },
  ]
  const on = (name: string, day = '2026-11-01', at = account) =>
    excepted(list, at, name, new Date(day)) !== undefined

  test('holds until the end of its last day, and no longer', () => {
    expect(on('role/break-glass', '2026-11-21T23:59:59Z')).toBe(true)
    expect(on('role/break-glass', '2026-11-22T00:00:00Z')).toBe(false)
  })

  test.each([
    'role/break-glass-1',
    'role/not-break-glass',
    'user/break-glass',
    'break-glass',
    'role/ops/break-glass',
  ])('matches its text only, not %s', (name) => expect(on(name)).toBe(false))

  test('* matches up to the next /', () => {
    expect(on('user/ops/maria')).toBe(true)
    expect(on('user/ops/team/maria')).toBe(false)
    expect(on('user/ops')).toBe(false)
    expect(on('i-0abc/x')).toBe(false)
  })

  test('holds in its account only', () => {
    expect(on('i-0abcdef')).toBe(true)
    expect(on('i-0abcdef', '2026-11-01', '999999999999')).toBe(false)
  })

  const noRoles: Ours = { account, memberRole: 'portcullis-member', roles: [] }
  const guardOf = (target: object) =>
    guardTarget({ account, region, ...target }, noRoles, new Date('2026-11-01'), list)?.guard

  test('for a role holds under every identifier of the role, and not for a user of that name', () => {
    expect(guardOf({ roleName: 'break-glass' })).toBe('exception')
    expect(guardOf({ principal: 'role/break-glass' })).toBe('exception')
    expect(guardOf({ principal: 'user/break-glass' })).toBeUndefined()
    expect(guardOf({ roleName: 'bare' })).toBeUndefined()
    expect(guardOf({ principal: 'user/bare' })).toBeUndefined()
  })
})

describe('the exceptions in the repository', () => {
  test('are exact names, so that a new name cannot be excepted', () => {
    expect(shipped.exceptions.map(({ match }) => match)).toEqual([
      'role/break-glass',
      'user/break-glass',
      'role/OrganizationAccountAccessRole',
    ])
  })
})
