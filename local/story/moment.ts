import type { Containment, Notice } from '../../engine/journal/record.ts'
import type { MessageReport } from '../message-report.ts'
import type { FactProof } from '../verify.ts'

/** One thing that happened, told as soon as it did: what the terminal and `--json` show. */
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

/** The whole story in numbers. `failed` counts whatever the account did not confirm. */
export interface StorySummary {
  events: number
  matched: number
  incidents: number
  /** Containments that hold in the account: the cloud's own calls said so. */
  contained: number
  /** Of these, how many left nothing behind. */
  released: number
  failed: number
  /** From putting the event on the bus to `contained` in the journal, where no person was waited for. */
  p50_ms: number
  p95_ms: number
  proposed: number
  evidence: number
  told: number
  messages: number
}

/** A moment and the attack it belongs to, if to any. */
export type TellStory = (moment: StoryMoment, attack?: string) => void
