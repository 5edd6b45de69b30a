import type { AnyTarget } from './target.ts'

/** How far a rule or a stage may go by itself: `observe` reports, `approve` asks for approval, `contain` acts. */
export const modes = ['observe', 'approve', 'contain'] as const
export type Mode = (typeof modes)[number]

export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

/** How long a containment lasts. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`

/** The target that a rule passes to a playbook. Account and Region are those of the event unless given. */
export type RuleTarget = Omit<AnyTarget, 'account' | 'region'> & { account?: string; region?: string }

/** An event as EventBridge delivers it, with a detail of any type. Source: EventBridge events reference. */
export interface Event {
  id: string
  source: string
  'detail-type': string
  account: string
  region: string
  time: string
  resources: string[]
  detail: Record<string, unknown>
}

/** A rule as the engine sees it; authors write the typed one of rules/rule.ts. */
export interface Rule {
  name: string
  because: string
  severity: Severity
  attack: readonly string[]
  when: object
  /** It also matches read-only calls. */
  reads?: true
  subject(event: Event): string
  // biome-ignore lint/suspicious/noExplicitAny: the typed event of the rule; it is checked where the rule is written.
  then: Record<string, ((event: any) => RuleTarget | RuleTarget[]) | undefined>
  mode: Mode
  release: Duration
  ask?: Partial<Approval>
}

/** How a proposal is decided. */
export interface Approval {
  /** The time until its deadline. */
  within: Duration
  /** How many different people must approve. */
  approvals: number
  /** The subject of the incident may not approve. */
  preventSelf: boolean
  /** What happens at the deadline without a decision. */
  onExpire: 'nothing' | 'contain'
}

export const defaultApproval: Approval = {
  within: '1h',
  approvals: 1,
  preventSelf: true,
  onExpire: 'nothing',
}

/** The lower of two modes. */
export const lowerMode = (a: Mode, b: Mode): Mode => (modes.indexOf(a) < modes.indexOf(b) ? a : b)

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a duration such as `90s`, `30m`, `24h`, `7d`. */
export const milliseconds = (duration: Duration): number =>
  Number(duration.slice(0, -1)) * units[duration.slice(-1) as keyof typeof units]
