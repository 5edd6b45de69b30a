import { BadEvent } from '../../engine/errors.ts'
import type { GuardrailPolicy, Signal } from '../../rules/events/signal.ts'
import { signalsOf } from './read.ts'

/** The signals of one line, as `portcullis sense --json` prints them. Lines are counted from 1. */
export type SensedLine = { line: number; signals: SignalLine[] } | { line: number; error: string }

interface SignalLine {
  type: Signal['type']
  /** The ARN, if there is one. */
  principal: string | null
  user: string | null
  /** The session that the application names, else the session of the role. */
  session: string | null
  model: string | null
  attack: boolean
  policies: (Pick<GuardrailPolicy, 'policy' | 'type' | 'action'> & {
    confidence: GuardrailPolicy['confidence'] | null
  })[]
}

/** Totals over all lines. */
export interface SenseSummary {
  lines: number
  unreadable: number
  attacks: number
  signals: Partial<Record<Signal['type'], number>>
}

export const emptySummary = (): SenseSummary => ({ lines: 0, unreadable: 0, attacks: 0, signals: {} })

/**
 * Reads one record a line and yields one object a line, without the blank ones. Adds to `summary` as it goes. An
 * unreadable line does not stop it.
 */
export async function* senseLines(
  lines: AsyncIterable<string>,
  summary: SenseSummary = emptySummary(),
): AsyncGenerator<SensedLine, void> {
  let line = 0
  for await (const text of lines) {
    line += 1
    if (text.trim() === '') continue
    const sensed = sense(line, text)
    count(sensed, summary)
    yield sensed
  }
}

function sense(line: number, text: string): SensedLine {
  try {
    return { line, signals: signalsOf(text).map(summaryOf) }
  } catch (error) {
    if (!(error instanceof BadEvent)) throw error
    return { line, error: error.message }
  }
}

const summaryOf = ({ type, principal, user, session, model, attack, policies }: Signal): SignalLine => ({
  type,
  principal: principal?.arn ?? principal?.name ?? null,
  user: user ?? null,
  session: session ?? principal?.session ?? null,
  model: model ?? null,
  attack,
  policies: policies.map(({ policy, type, confidence, action }) => ({
    policy,
    type,
    confidence: confidence ?? null,
    action,
  })),
})

function count(sensed: SensedLine, summary: SenseSummary): void {
  summary.lines += 1
  if ('error' in sensed) summary.unreadable += 1
  else
    for (const { type, attack } of sensed.signals) {
      summary.signals[type] = (summary.signals[type] ?? 0) + 1
      if (attack) summary.attacks += 1
    }
}
