import type { AnyTarget } from './target.ts'

/** The most a rule or a stage may do by itself. `observe` tells, `approve` asks, `contain` acts. */
export const modes = ['observe', 'approve', 'contain'] as const
export type Mode = (typeof modes)[number]

export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

/** How long a containment lasts. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`

/** What a rule gives a playbook: a target; account and Region are the event's own unless it says otherwise. */
export type Aim = Omit<AnyTarget, 'account' | 'region'> & { account?: string; region?: string }

/** What EventBridge delivers, its detail unknown. Source: EventBridge events reference. */
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

/** When: the engine's view of a rule; authors write the typed one of rules/rule.ts. */
export interface Rule {
  name: string
  because: string
  severity: Severity
  attack: readonly string[]
  when: object
  /** It wants calls that only read, too. */
  reads?: true
  subject(event: Event): string
  // biome-ignore lint/suspicious/noExplicitAny: the typed event of the rule, checked where the rule is written.
  then: Record<string, ((event: any) => Aim | Aim[]) | undefined>
  mode: Mode
  release: Duration
  ask?: Partial<Approval>
}

/** How a proposal is put to people. */
export interface Approval {
  /** How long they have. */
  within: Duration
  /** How many different people must approve. */
  approvals: number
  /** Whoever the incident is about may not approve it. */
  preventSelf: boolean
  /** What happens when nobody decides. */
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
