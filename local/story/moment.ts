import type { Containment, Notice } from '../../engine/journal/record.ts'
import type { MessageReport } from '../message-report.ts'
import type { FactProof } from '../verify.ts'

/** One thing that happened, reported at once: what the terminal and `--json` show. */
export type StoryMoment =
  | { type: 'setup'; step: string; says: string; ms: number }
  | { type: 'chapter'; title: string }
  | { type: 'attack'; name: string; title: string; number: number; of: number }
  | { type: 'event'; id: string; source: string; what: string; rules: string[]; because: string[] }
  | { type: 'planned'; record: Containment }
  | {
      type: 'moved'
      record: Containment
      to: Containment['status']
      at: string
      ms?: number
      proof?: FactProof
      why?: string
    }
  | { type: 'decided'; record: Containment; who: string; says: string }
  | { type: 'notice'; notice: Notice }
  | { type: 'unchanged'; says: string }
  | { type: 'waiting'; ended: number; of: number; due: string }
  | { type: 'claim'; holds: boolean; says: string; found: string[] }
  | { type: 'message'; topic: string; count: number; text: string }
  | ({ type: 'told' } & MessageReport)
  | ({ type: 'summary' } & StorySummary)

/** The replay in numbers. `failed` counts what the account did not confirm. */
export interface StorySummary {
  events: number
  matched: number
  incidents: number
  /** Containments that the account confirmed. */
  contained: number
  /** Of these, how many were fully reverted. */
  released: number
  failed: number
  /** From putting the event on the bus to `contained` in the journal, without those that waited for a person. */
  p50_ms: number
  p95_ms: number
  proposed: number
  evidence: number
  told: number
  messages: number
}

/** Reports a moment, with the attack it belongs to, if any. */
export type TellStory = (moment: StoryMoment, attack?: string) => void
