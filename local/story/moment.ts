import type { Containment, Notice } from '../../engine/record.ts'
import type { Proof } from '../claims.ts'
import type { Told } from '../told.ts'

/** One thing that happened, told as soon as it did: what the terminal and `--json` show. */
export type Moment =
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
      proof?: Proof
      why?: string
    }
  | { type: 'decided'; record: Containment; who: string; says: string }
  | { type: 'notice'; notice: Notice }
  | { type: 'unchanged'; says: string }
  | { type: 'waiting'; ended: number; of: number; due: string }
  | { type: 'claim'; holds: boolean; says: string; found: string[] }
  | { type: 'message'; topic: string; count: number; text: string }
  | ({ type: 'told' } & Told)
  | ({ type: 'summary' } & Summary)

/** The whole story in numbers. `failed` counts whatever the account did not confirm. */
export interface Summary {
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
export type Tell = (moment: Moment, attack?: string) => void
