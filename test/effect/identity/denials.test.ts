import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { denyOlder } from '../../../playbooks/identity/denials.ts'
import { documentOf, version } from '../../documents.ts'

const at = '2026-11-21T06:00:00.000Z'
const until = '2026-11-21T06:00:30.000Z'
const denial = (date: string, more = {}) => ({
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { DateLessThan: { 'aws:TokenIssueTime': date } },
  ...more,
})
const statements = (text: string) => JSON.parse(text).Statement

describe('a denial of older sessions', () => {
  test('is created if there is none', () => {
    expect(JSON.parse(denyOlder(null, at))).toEqual({ Version: version, Statement: [denial(until)] })
  })

  test.each([
    ['as a list', denial(until, { Action: ['*'], Resource: ['*'] })],
    ['with a name', denial(until, { Sid: 'Revoked' })],
    ['of a later date', denial('2999-01-01T00:00:00Z')],
  ])('is kept %s', (_, statement) => {
    const present = documentOf(statement)
    expect(denyOlder(present, at)).toBe(present)
  })

  test('may be a single statement, which IAM allows', () => {
    const present = JSON.stringify({ Version: version, Statement: denial('2025-01-01T00:00:00Z') })
    expect(statements(denyOlder(present, at))).toEqual([denial(until)])
  })

  // A similar statement that is narrower or wider is not ours: it is kept and does not replace ours.
  test.each([
    ['some actions', denial('2999-01-01T00:00:00Z', { Action: 's3:*' })],
    [
      'a second condition',
      denial(until, {
        Condition: { ...denial('2999-01-01T00:00:00Z').Condition, Bool: { 'aws:ViaAWSService': 'false' } },
      }),
    ],
    [
      'two keys',
      denial(until, {
        Condition: {
          DateLessThan: { 'aws:TokenIssueTime': '2999-01-01T00:00:00Z', 'aws:CurrentTime': until },
        },
      }),
    ],
    ['an allowance', denial('2999-01-01T00:00:00Z', { Effect: 'Allow' })],
    ['no date', denial('whenever')],
    ['a date in seconds', denial('32472144000')],
    ['no condition', { Effect: 'Deny', Action: '*', Resource: '*' }],
  ])('does not treat %s as its own', (_, statement) => {
    expect(statements(denyOlder(documentOf(statement), at))).toEqual([statement, denial(until)])
  })

  test('has the later of two dates', () => {
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, moment, (one, two) => {
        const [first, second] = [one.toISOString(), two.toISOString()]
        const later = new Date(Math.max(one.getTime(), two.getTime()) + 30_000).toISOString()
        const twice = denyOlder(denyOlder(null, first), second)
        expect(statements(twice)).toEqual([denial(later)])
        expect(denyOlder(twice, second)).toBe(twice)
      }),
    )
  })
})
