import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { BadEvent } from '../../../engine/errors.ts'
import { signalsOf } from '../../../sensing/signals/read.ts'

/** Records that others published, in a folder beside the repository, if present. */
const folder = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url))
const there = existsSync(folder)
if (!there) console.info(`Skipped: no recorded traces in ${folder}, so the readers are not tried on them.`)

const linesOf = (file: string): string[] =>
  readFileSync(folder + file, 'utf8')
    .split('\n')
    .filter(Boolean)
const guardrails = (line: string) =>
  signalsOf(line)
    .filter((one) => one.type !== 'ModelInvocationObserved')
    .map(({ type, attack, policies }) => [
      type,
      attack,
      ...policies.map((one) => `${one.type} ${one.action}`),
    ])

describe.runIf(there)('recorded', () => {
  test('answers of ApplyGuardrail match their index', () => {
    const expected = linesOf('bedrock/kiro-apply-guardrail.index.jsonl').map(
      (line) => JSON.parse(line).action,
    )
    const found = linesOf('bedrock/kiro-apply-guardrail.jsonl').map((line) => guardrails(line))
    expect(found.map((one) => (one.length > 0 ? 'GUARDRAIL_INTERVENED' : 'NONE'))).toEqual(expected)
    expect(found[0]).toEqual([
      ['GuardrailIntervened', true, 'DENY BLOCKED', 'PROMPT_ATTACK BLOCKED', 'MISCONDUCT BLOCKED'],
    ])
  })

  test('masked addresses are interventions but not attacks; a blocked topic is an attack', () => {
    expect(linesOf('bedrock/openllmetry-guardrail.jsonl').flatMap(guardrails)).toEqual([
      ['GuardrailIntervened', false, 'ADDRESS ANONYMIZED'],
      ['GuardrailIntervened', false, 'ADDRESS ANONYMIZED'],
      ['GuardrailIntervened', false, 'REGEX ANONYMIZED'],
      ['GuardrailIntervened', true, 'DENY BLOCKED'],
    ])
  })

  test.each(['openinference', 'pydantic-ai'])(
    '%s: nothing was detected, so the guardrail is not reported',
    (name) => {
      expect(linesOf(`bedrock/${name}.jsonl`).flatMap(guardrails)).toEqual([])
    },
  )

  test('tokens are counted even if only the body has them', () => {
    const signals = linesOf('bedrock/panther-token-usage.jsonl').map((line) => signalsOf(line))
    expect(signals.map(([one]) => one?.tokens?.total)).toEqual([2000, 5000, undefined, 0])
  })

  test.each(globSync('cloudtrail/**/*.jsonl', { cwd: folder }).filter((file) => !file.includes('.index.')))(
    '%s has no call of a model',
    (file) => {
      for (const line of linesOf(file))
        try {
          expect(signalsOf(line)).toEqual([])
        } catch (error) {
          // Five of Panther's tests leave out the service, so they are not records of calls.
          expect(error).toBeInstanceOf(BadEvent)
          expect(JSON.parse(line).eventSource).toBeUndefined()
        }
    },
  )
})
