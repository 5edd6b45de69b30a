import { describe, expect, test } from 'vitest'
import type { Containment, Verb } from '../../../engine/journal/record.ts'
import { decisionOf, playbookCommandOf } from '../../../responders/decisions/worker/execute.ts'

const hash = '3f9c1d2'.padEnd(64, '0')
const record = {
  id: 'c-1',
  target: { account: '1' },
  status: 'proposed',
  plan: { hash },
} as unknown as Containment
const by = { who: 'maria', how: 'slack' }
const order = (verb: Verb, more: object = {}) =>
  ({ id: '', at: '', verb, claim: { how: 'slack' }, ...more }) as never

describe('the command for a playbook', () => {
  test.each([
    ['approve', { plan: '3f9c1d2' }, {}, { do: 'contain', plan: hash }],
    ['approve', { plan: 'aaaaaaa' }, {}, { do: 'contain', plan: 'aaaaaaa' }],
    ['deny', { reason: 'x' }, {}, { do: 'release' }],
    ['undo', {}, { status: 'contained' }, { do: 'release' }],
    ['undo', {}, { status: 'drifted' }, { do: 'release', force: true }],
    ['undo', { claim: { how: 'iam' } }, { status: 'drifted' }, { do: 'release' }],
    ['undo', { leave: true }, { status: 'failed' }, { do: 'release', leave: true }],
    ['extend', { for: '4h' }, { status: 'contained' }, { do: 'extend', for: '4h' }],
    ['retry', {}, { status: 'failed', failure: { during: 'contain' } }, { do: 'contain', plan: hash }],
    ['retry', {}, { status: 'failed', failure: { during: 'release' } }, { do: 'release' }],
  ] as [Verb, object, object, object][])('for %s %j of %j', (verb, more, stands, command) => {
    const { target } = record
    const sent = playbookCommandOf(order(verb, more), { ...record, ...stands } as Containment, by)
    expect(sent).toEqual({ target, containment: 'c-1', by, ...command })
  })
})

describe('the decision for an outcome', () => {
  test.each([
    ['approve', { status: 'contained' }, 'done', /contained/],
    ['approve', { status: 'proposed', why: "The stage's ceiling is observe." }, 'refused', /ceiling/],
    ['approve', { status: 'guarded', why: 'Paused.' }, 'refused', /Paused/],
    ['approve', { status: 'superseded', why: 'The plan has changed.' }, 'superseded', /changed/],
    ['approve', { status: 'failed', why: 'AccessDenied' }, 'failed', /AccessDenied/],
    ['approve', { status: 'already', why: 'contained' }, 'late', /contained/],
    [
      'undo',
      { status: 'released', why: 'my reason' },
      'done',
      /^Undone\. Everything the containment changed is back in its earlier state\.$/,
    ],
    ['undo', { status: 'drifted', why: 'Changed by others since: /x' }, 'failed', /others/],
    ['undo', { status: 'closed', why: 'The target does not exist.' }, 'done', /^Ended: The target/],
    ['extend', { status: 'contained', why: 'it lasts until then.' }, 'done', /^Extended: it lasts/],
    ['retry', {}, 'failed', /failed/],
  ] as [Verb, object, string, RegExp][])('of %s: %j', (verb, answer, outcome, says) => {
    expect(decisionOf({ verb }, record, answer)).toEqual({ outcome, says: expect.stringMatching(says) })
  })

  test('of the first of two approvals', () => {
    const two = { ...record, ask: { approvals: 2 } } as Containment
    const answer = { status: 'proposed', why: 'Approved by 1 of 2.' } as const
    expect(decisionOf({ verb: 'approve' }, two, answer)).toEqual({ outcome: 'waiting', says: answer.why })
  })

  test('of an undo that leaves everything', () => {
    const answer = { status: 'closed', why: 'over' } as const
    expect(decisionOf({ verb: 'undo', leave: true }, record, answer).says).toBe(
      'Ended. What was changed stays changed.',
    )
  })
})
