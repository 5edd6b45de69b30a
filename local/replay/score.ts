import type { Containment, Notice, Step } from '../../engine/journal/record.ts'
import type { StorySummary, TellStory } from '../story/moment.ts'
import { type FactProof, isTargetGone, verifyInEffect } from '../verify.ts'
import type { Listener } from './journal.ts'
import type { AlertsReader } from './mail.ts'

/** An event that was sent; `at` is the time in milliseconds just before it was put on the bus. */
export interface SentEvent {
  id: string
  attack: string
  at: number
  matched: boolean
}

/**
 * Counts results, and only those that the account confirms: whenever the journal says `contained` or `released`, it
 * checks the account.
 */
export class Score implements Listener {
  readonly contained = new Set<string>()
  readonly released = new Set<string>()
  /** Containments that cannot be undone. */
  readonly evidence = new Set<string>()
  /** Containments that only notify people. */
  readonly told = new Set<string>()
  readonly #tell: TellStory
  readonly #inbox: AlertsReader
  readonly #sent = new Map<string, SentEvent>()
  readonly #incidents = new Set<string>()
  readonly #attacks = new Map<string, string>()
  readonly #took: number[] = []
  #proposed = 0
  #failed = 0

  constructor(tell: TellStory, inbox: AlertsReader) {
    this.#tell = tell
    this.#inbox = inbox
  }

  sent(event: SentEvent): void {
    this.#sent.set(event.id, event)
  }

  /** The attack that an event belongs to. A notice's id begins with its event's id. */
  attackOf(id: unknown): string | undefined {
    return this.#sent.get(String(id).split('#')[0] ?? '')?.attack
  }

  /** The attack behind a containment: that of its event, or of its incident where the event is one of our own signals. */
  attackBehind({ event, incident }: Containment): string | undefined {
    return this.attackOf(event.id) ?? this.#attacks.get(incident)
  }

  /** Counts and reports a failure. */
  fail(says: string, found: string[] = []): void {
    this.#failed++
    this.#tell({ type: 'claim', holds: false, says, found })
  }

  async planned(record: Containment): Promise<void> {
    this.#incidents.add(record.incident)
    const attack = this.attackBehind(record)
    if (attack !== undefined) this.#attacks.set(record.incident, attack)
    this.#tell({ type: 'planned', record }, attack)
  }

  async step(record: Containment, { status: to, at, why, by }: Step): Promise<void> {
    if (to === 'containing') return
    const proof = await this.#look(record, to)
    const sent = this.#sent.get(String(record.event.id))
    // A time that includes a person's decision says nothing about the system.
    const ms = to === 'contained' && by.how === 'rule' && sent ? Date.parse(at) - sent.at : undefined
    if (ms !== undefined) this.#took.push(ms)
    this.#count(record, to, proof)
    const more = {
      ...(ms !== undefined && { ms }),
      ...(proof && { proof }),
      ...(why !== undefined && { why }),
    }
    this.#tell({ type: 'moved', record, to, at, ...more }, this.attackBehind(record))
  }

  async notice(notice: Notice): Promise<void> {
    if (notice.kind === 'trouble') this.#failed++
    this.#tell({ type: 'notice', notice }, this.attackOf(notice.id))
  }

  summary(messages: number): StorySummary {
    const sent = [...this.#sent.values()]
    return {
      events: sent.length,
      matched: sent.filter(({ matched }) => matched).length,
      incidents: this.#incidents.size,
      contained: this.contained.size,
      released: this.released.size,
      failed: this.#failed,
      p50_ms: percentile(this.#took, 0.5),
      p95_ms: percentile(this.#took, 0.95),
      proposed: this.#proposed,
      evidence: this.evidence.size,
      told: this.told.size,
      messages,
    }
  }

  async #look(record: Containment, to: Containment['status']): Promise<FactProof | undefined> {
    if (to === 'contained') return verifyInEffect(record, this.#inbox)
    return to === 'released' && this.contained.has(record.id) ? isTargetGone(record, this.#inbox) : undefined
  }

  #count({ id, playbook, plan }: Containment, to: Containment['status'], proof: FactProof | undefined): void {
    if (to === 'proposed') this.#proposed++
    if (to === 'failed' || to === 'drifted' || proof?.holds === false) this.#failed++
    else if (to === 'contained')
      (playbook === 'notify' ? this.told : plan.undo ? this.contained : this.evidence).add(id)
    else if (to === 'released' && this.contained.has(id)) this.released.add(id)
  }
}

/** The smallest value that at least this share of the values does not exceed; 0 for an empty list. */
function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
