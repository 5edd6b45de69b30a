import { expect, test } from 'vitest'
import { emptySummary, senseLines } from '../../../sensing/signals/lines.ts'
import { call, shapes } from './shapes.ts'

async function* lines(...them: unknown[]) {
  for (const one of them) yield typeof one === 'string' ? one : JSON.stringify(one)
}

const attack = {
  contentPolicy: {
    filters: [{ type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'BLOCKED', detected: true }],
  },
}

test('each line is one object: its signals, or why it is unreadable', async () => {
  const input = lines(shapes['the invocation log']?.('INTERVENED', attack), '', 'nonsense', {
    eventSource: 1,
  })
  expect(await Array.fromAsync(senseLines(input))).toEqual([
    {
      line: 1,
      signals: [
        {
          type: 'GuardrailIntervened',
          principal: 'arn:aws:sts::111122223333:assumed-role/chat-app/chat-prod',
          user: 'u-17',
          session: 'chat-7',
          model: 'anthropic.claude-sonnet-4-8',
          attack: true,
          policies: [{ policy: 'content', type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'BLOCKED' }],
        },
        expect.objectContaining({ type: 'ModelInvocationObserved', attack: false, policies: [] }),
      ],
    },
    { line: 3, error: 'record is not valid JSON (found "a text of 8 characters")' },
    { line: 4, error: 'record is not a record of a known source (found "an object of 1 fields")' },
  ])
})

test('a call without an application session has the session of its role', async () => {
  const [first] = await Array.fromAsync(senseLines(lines(call)))
  expect(first).toMatchObject({ signals: [{ session: 'chat-prod', user: null }] })
})

test('the lines are totalled', async () => {
  const summary = emptySummary()
  await Array.fromAsync(
    senseLines(lines(call, shapes.CloudTrail?.('INTERVENED', attack), 'nonsense'), summary),
  )
  expect(summary).toEqual({
    lines: 3,
    unreadable: 1,
    attacks: 1,
    signals: { ModelInvocationObserved: 1, GuardrailIntervened: 1 },
  })
})
