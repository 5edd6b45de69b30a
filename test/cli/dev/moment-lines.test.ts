import { expect, test } from 'vitest'
import type { DevMoment } from '../../../cli/dev/output/moment.ts'
import { momentLines } from '../../../cli/dev/output/moment-lines.ts'
import type { Paint } from '../../../lib/text/paint.ts'

const bare: Paint = (_, text) => text
const at = new Date('2026-11-21T14:02:11.084Z')
const evil = 'a\u001b[31mred\u001b]8;;http://evil.test\u0007\u202e\nnext\u009b2J'

const place = { account: '123456789012', region: 'us-east-1' }
const plan = {
  hash: '3f9c1d2aaaa',
  changes: [{ path: `/${evil}`, before: null, after: evil }],
  caveats: [evil],
  undo: true,
}
const planned = {
  rule: 'r',
  playbook: 'notify',
  target: { ...place, subject: evil },
  mode: 'contain',
  why: evil,
  plan,
} as const

test('whatever an event, an error or the code of the project says is inert on the terminal', () => {
  const moments: DevMoment[] = [
    { type: 'event', event: { id: evil, source: evil, 'detail-type': evil }, what: evil },
    { type: 'plan', plans: [{ ...planned, decision: 'contain' }], ms: 1 },
    { type: 'shown', plans: [{ ...planned, decision: 'contain' }] },
    {
      type: 'moved',
      to: 'failed',
      containment: 'c-1',
      incident: 'inc-1',
      playbook: 'notify',
      rule: 'r',
      target: { ...place, subject: evil },
      plan,
      due: at.toISOString(),
      why: evil,
    },
    { type: 'notice', notice: { kind: 'guarded', playbook: 'notify', rule: 'r', says: evil } },
    { type: 'unchanged', playbook: 'notify', status: 'already', why: evil },
    { type: 'message', channel: 'mail', to: evil, how: 'new', says: evil, url: 'http://127.0.0.1' },
    { type: 'state', changes: plan.changes },
    { type: 'broken', files: [evil], broken: { where: evil, why: evil } },
    { type: 'types', errors: [{ where: evil, why: evil }], ms: 1 },
    { type: 'reloaded', files: [evil], ms: 1, replayed: [evil], difference: [] },
    { type: 'said', line: evil },
    { type: 'refused', why: evil },
  ]
  for (const moment of moments)
    for (const line of momentLines(moment, at, bare, true))
      expect(line, moment.type).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('a containment says how long it took, what it changed, and when it ends', () => {
  const target = { ...place, roleName: 'rag-indexer' }
  const said = { containment: 'c-1', incident: 'inc-1', playbook: 'deny-inference', rule: 'r', target }
  const moved = {
    type: 'moved',
    to: 'contained',
    ...said,
    plan,
    due: '2026-11-21T14:12:11Z',
    ms: 412,
  } as const
  expect(momentLines(moved, at, bare, true)).toEqual([
    '14:02:11.084     contained deny-inference on rag-indexer in 412 ms; +1, read back; ends 14:12:11Z   [d state diff · u undo]',
  ])
})
