import { BadEvent } from '../../engine/errors.ts'
import type { GuardrailPolicy, Signal } from '../../rules/events/signal.ts'
import { signalsOf } from './read.ts'

/** What one line said, as `portcullis sense --json` prints it. `line` counts from one. */
export type SensedLine = { line: number; signals: Said[] } | { line: number; error: string }

interface Said {
  type: Signal['type']
  /** The ARN, where there is one. */
  principal: string | null
  user: string | null
  /** What the application calls it; else the role's session. */
  session: string | null
  model: string | null
  attack: boolean
  policies: (Pick<GuardrailPolicy, 'policy' | 'type' | 'action'> & {
    confidence: GuardrailPolicy['confidence'] | null
  })[]
}

/** What all lines said together. */
export interface SenseSummary {
  lines: number
  unreadable: number
  attacks: number
  signals: Partial<Record<Signal['type'], number>>
}

export const emptySummary = (): SenseSummary => ({ lines: 0, unreadable: 0, attacks: 0, signals: {} })

/**
 * Reads one record a line and gives one object a line; blank lines say nothing. Counts into `summary` as it goes.
 * An unreadable line never ends it.
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
    return { line, signals: signalsOf(text).map(said) }
  } catch (error) {
    if (!(error instanceof BadEvent)) throw error
    return { line, error: error.message }
  }
}

const said = ({ type, principal, user, session, model, attack, policies }: Signal): Said => ({
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
