import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { portcullis, shell } from './shell.ts'

const file = join(mkdtempSync(join(tmpdir(), 'portcullis-sense-')), 'records.jsonl')
const call = {
  eventVersion: '1.11',
  eventID: 'c2b4f8dd-1021-4cd1-adfc-58c97d0d2aed',
  eventSource: 'bedrock.amazonaws.com',
  eventName: 'InvokeModel',
  eventTime: '2026-11-21T06:12:03Z',
  awsRegion: 'us-east-1',
  recipientAccountId: '111122223333',
  requestParameters: { modelId: 'anthropic.claude-3-haiku' },
  userIdentity: {
    type: 'IAMUser',
    arn: 'arn:aws:iam::111122223333:user/alice',
    accountId: '111122223333',
    userName: 'alice',
  },
}
writeFileSync(file, `${JSON.stringify(call)}\n\n{"broken":\n{"other":1}\n`)

it('prints exactly one object per line, and the summary on stderr', async () => {
  const { code, out, err } = await portcullis(['sense', file, '--json'])
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(code).toBe(0)
  expect(lines.map(({ line }) => line)).toEqual([1, 3, 4])
  expect(Object.keys(lines[0])).toEqual(['line', 'signals'])
  expect(lines[0].signals).toEqual([
    {
      type: 'ModelInvocationObserved',
      principal: 'arn:aws:iam::111122223333:user/alice',
      user: null,
      session: null,
      model: 'anthropic.claude-3-haiku',
      attack: false,
      policies: [],
    },
  ])
  expect(lines[1]).toEqual({ line: 3, error: expect.any(String) })
  expect(JSON.parse(err).summary).toMatchObject({ lines: 3, signals: { ModelInvocationObserved: 1 } })
})

it('reads standard input, and prints a line for each signal', async () => {
  const { code, out } = await shell(`$P sense - < ${file}`)
  expect(code).toBe(0)
  expect(out).toMatch(/^line 1 .*ModelInvocationObserved {2}arn:aws:iam::111122223333:user\/alice/)
})

it('exits with 3 when nothing can be read', async () => {
  expect((await portcullis(['sense', '/nonexistent'])).code).toBe(3)
  expect((await shell("printf '\\033]0;x' | $P sense -")).code).toBe(3)
})
