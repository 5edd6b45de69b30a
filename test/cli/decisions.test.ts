import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { incidentOf } from './incidents.ts'
import { interrupted, portcullis, terminal } from './shell.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  await stage.put(
    incidentOf('approval-needed', 'inc-a0000001'),
    incidentOf('contained', 'inc-c0000001'),
    incidentOf('contained', 'inc-d0000001'),
    incidentOf('failed', 'inc-f0000001'),
    incidentOf('partial', 'inc-b0000001'),
    incidentOf('undone', 'inc-10000001'),
  )
})
afterAll(() => stage?.stop())

const run = (...args: string[]) => portcullis(args, stage.env)
const approve = ['approve', 'a0', '--plan', '3f9c1d2']
const undo = ['undo', 'c0', '--reason', 'load test']

describe('a decision', () => {
  it('shows its plan, proves its sender by AWS credentials, and prints the outcome', async () => {
    const { code, out, err } = await run(...approve, '--yes')
    expect(code).toBe(0)
    expect(err).toContain('plan 3f9c1d2')
    expect(err).toMatch(/^ {2}[+~-] /m)
    expect(out).toContain('✓ approve done for portcullis-dev, proven')
  })

  it('prints one document with --json, and nothing on stderr', async () => {
    const { code, out, err } = await run(...approve, '--yes', '--json')
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      decision: { verb: 'approve', outcome: 'done' },
    })
  })

  it('asks on a terminal; Enter means no', async () => {
    const { code, out } = await terminal(undo, { types: '\\r', env: stage.env })
    expect(out).toContain('Undo this now?')
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing was changed.')])
    const agreed = await terminal(undo, { types: 'y', env: stage.env })
    expect(stripVTControlCharacters(agreed.out)).toContain('✓ undo done')
  })

  it('exits with 130 at Ctrl-C, and says that nothing was changed', async () => {
    const { code, out } = await terminal(undo, { types: '\\x03', env: stage.env })
    expect([code, out]).toEqual([130, expect.stringContaining('Stopped. Nothing was changed.')])
  })

  it('says at Ctrl-C that the decision was sent, once it was', async () => {
    const args = [...approve, '--reason', 'answer:slow', '--yes']
    const { code, err } = await interrupted(args, /^plan 3f9c1d2/m, stage.env)
    expect(code).toBe(130)
    expect(err).toContain(
      'Stopped. The decision was sent. To see its outcome: portcullis incidents show inc-a0000001',
    )
  })

  it.each([
    ['--plan', ['approve', 'a0', '--containment', 'c-a000000100000000']],
    ['--yes', approve],
    ['--yes', undo],
    ['--reason', ['undo', 'c0', '--yes']],
    ['--yes', ['pause', '--all', '--for', '1h', '--reason', 'drill']],
  ])('exits with 2 and names %s without a terminal', async (flag, args) => {
    const { code, out, err } = await run(...args)
    expect([code, out]).toEqual([2, ''])
    expect(err.trimEnd().split('\n').at(-1)).toContain(flag)
  })

  it('previews what an undo restores, and stops at drift', async () => {
    const shown = await run(...undo, '--yes')
    expect(shown.err).toContain(
      'plan 81aa03e   1 change, can be undone\n  ~ inference   denied → allowed\ndrift: none',
    )
    const drifted = await run('undo', 'd0', '--reason', 'x', '--yes')
    expect([drifted.code, drifted.out]).toEqual([7, ''])
    expect(drifted.err).toContain('~ groups   sg-1 → sg-2')
    expect((await run('undo', 'd0', '--reason', 'x', '--yes', '--force')).code).toBe(0)
    expect((await run('undo', 'd0', '--reason', 'x', '--yes', '--leave')).code).toBe(0)
  })

  it('needs a choice when the incident has several containments', async () => {
    const { code, err } = await run('deny', 'a0', '--reason', 'x', '--yes')
    expect(code).toBe(2)
    expect(err).toMatch(
      /error\[which-containment\][\s\S]*c-a000000100000000 {3}Cut[\s\S]*c-a000000100000001 {3}Snapshot/,
    )
    expect((await run('deny', 'c-a000000100000001', '--reason', 'x', '--yes')).code).toBe(0)
  })
})

describe('the exit code', () => {
  it.each([
    [7, 'plan-changed', ['approve', 'a0', '--plan', '1234567', '--yes']],
    [7, 'not-now', ['undo', '10', '--reason', 'x', '--yes']],
    [5, 'refused', ['retry', 'f0', '--reason', 'answer:refused', '--yes']],
    [5, 'waiting', [...approve, '--reason', 'answer:waiting', '--yes']],
    [7, 'late', [...approve, '--reason', 'answer:late/already', '--yes']],
    [7, 'superseded', [...approve, '--reason', 'answer:superseded', '--yes']],
    [7, 'drifted', ['undo', 'c0', '--reason', 'answer:failed/drifted', '--yes']],
    [1, 'failed', ['retry', 'f0', '--reason', 'answer:failed/failed', '--yes']],
    [8, 'partial', ['retry', 'b0', '--reason', 'answer:failed/failed', '--yes']],
    [1, 'settle-failed', ['retry', 'f0', '--reason', 'answer:throws', '--yes']],
    [2, 'usage', ['extend', 'c0', '--for', '4x', '--yes']],
    [5, 'refused', ['pause', 'notify', '--for', '1h', '--reason', 'answer:refused', '--yes']],
  ])('is %i for %s', async (expected, name, args) => {
    const { code, err } = await run(...args)
    expect(err).toContain(`error[${name}]`)
    expect(code).toBe(expected)
  })

  it.each([
    ['extend', 'c0', '--for', '4h'],
    ['pause', '--all', '--for', '1h', '--reason', 'drill'],
    ['pause', 'throttle-stage', '--for', '30m', '--reason', 'drill'],
    ['resume'],
  ])('is 0 for %s %s when it was applied', async (...args) => {
    const { code, out } = await run(...args, '--yes')
    expect([code, out]).toEqual([0, expect.stringContaining('✓')])
  })
})
