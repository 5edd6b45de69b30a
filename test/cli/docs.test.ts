import { expect, it } from 'vitest'
import { authoringCodes as authoring } from '../../cli/authoring/codes.ts'
import { problemCodes } from '../../cli/shell/codes.ts'
import { patternCodes as patterns } from '../../matching/codes.ts'
import { portcullis } from './shell.ts'

const all = [...Object.keys(problemCodes), ...Object.keys(patterns), ...Object.keys(authoring)]
const offline = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }

it('has a page for every code, without a network', async () => {
  const { out } = await portcullis(['docs', '--json'], offline)
  const told = JSON.parse(out)
  expect(told.schemaVersion).toBe(1)
  expect(Object.keys({ ...told.codes, ...told.findings }).sort()).toEqual([...all].sort())
  expect(new Set(all).size).toBe(all.length)
})

it('lists all codes with their exit codes', async () => {
  const { code, out } = await portcullis(['docs'])
  expect(code).toBe(0)
  for (const one of all) expect(out).toContain(` ${one} `)
})

it.each([
  ['W2104', 'error[W2104]   exit 3', 'The rule can never match.'],
  ['w2105', 'warning[W2105]', 'The alternative can never match.'],
  ['e3004', 'error[E3004]   exit 3', 'A call is not declared.'],
  [
    'plan-changed',
    'error[plan-changed]   exit 7',
    'You consented to one plan, and the plan has changed since.',
  ],
])('explains %s', async (code, head, says) => {
  const { out } = await portcullis(['docs', code])
  expect(out.split('\n')[0]).toBe(head)
  expect(out).toContain(says)
})

it('suggests a similar code for an unknown one', async () => {
  const { code, err } = await portcullis(['docs', 'W214'])
  expect(code).toBe(2)
  expect(err).toContain('Did you mean W2104?')
})
