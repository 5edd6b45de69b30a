import type { AnyTarget } from '../../engine/target.ts'

type Aim = Omit<AnyTarget, 'account' | 'region'> & { account?: string; region?: string }

/** What one event of test/events/<rule>/ should do. */
export interface Expected {
  /** Every rule that fires, not the folder's alone. */
  fires: string[]
  /** The folder's rule: what the incident is about, and what each playbook is aimed at. */
  subject?: string
  targets?: Record<string, Aim[]>
  /** Instead of targets: why the event does not name a valid one. */
  unreadable?: RegExp
}
