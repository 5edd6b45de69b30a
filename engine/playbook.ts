import type { Identifier } from './identifiers.ts'
import type { State } from './state.ts'
import type { Target } from './target.ts'

/** What the engine passes to a playbook besides its target. A playbook knows no other time than `at`. */
export interface Context {
  /** The ID of this containment: the same for every delivery of one event. */
  containment: string
  /** The ID of its incident. */
  incident: string
  /** ISO time at which the containment was planned. */
  at: string
  /** `portcullis-<stage>`: the prefix of everything the stack owns. */
  prefix: string
}

/** What the engine passes to a `read`, which runs before the incident is known. */
export type ReadContext = Omit<Context, 'incident'>

/** The tags of a target as AWS returns them, or the reason why it has none. */
export type TargetTags =
  | readonly { Key?: string | undefined; Value?: string | undefined }[]
  | { none: string }

/**
 * What a `read` returns. Tags are required, so that a playbook cannot forget to look for `portcullis:protected`: the
 * engine checks them and the names before it plans.
 */
export interface Reading<S extends State = State> {
  tags: TargetTags
  /** Further names to check against the exceptions and our own roles: `role/x`, `user/x`. */
  names?: string[]
  /** The state, or a function that reads the rest of it, called only if the target may be contained. */
  state: S | (() => Promise<S>)
}

/** The state of a reading; reads the rest of it where that is needed. */
export const completeState = async <S extends State>({ state }: Reading<S>): Promise<S> =>
  typeof state === 'function' ? state() : state

/** The sentences with which messages describe a playbook; `{target}` stands for the name of the target. */
export interface PlaybookCopy {
  /** What it does, as an infinitive without "to": `cut {target} off the network`. */
  action: string
  /** What holds once the target is contained: `{target} is cut off the network`. */
  contained: string
  /** What holds after the release. */
  released: string
  /** What may still be the case after a failed or partial containment. */
  failed: string
}

/** An AWS SDK client class; the engine creates the instances. */
// biome-ignore lint/suspicious/noExplicitAny: each client's config type differs; the engine fills the common part.
export type ClientClass = new (config: any) => object
export type Clients = Record<string, ClientClass>
export type Made<C extends Clients> = { [K in keyof C]: InstanceType<C[K]> }

/** Where an action is granted: on all resources, on these ARNs, or on these under a condition. */
export type Grant =
  | '*'
  | string[]
  | { on: '*' | string[]; when: Record<string, Record<string, string | string[]>> }
export type Grants = { [action: `${string}:${string}`]: Grant }

/** One kind of containment for one kind of target, as a state that is read, computed and written. */
export interface Playbook<
  Name extends string = string,
  K extends Identifier = Identifier,
  S extends State = State,
  C extends Clients = Clients,
> {
  name: Name
  /** What it does, as on a button: "Cut an EC2 instance off the network". */
  title: string
  copy: PlaybookCopy
  /** It notifies people and contains nothing. */
  tells?: true
  /** The identifiers of its target, besides account and Region. */
  target: readonly K[]
  /** The resource is global (IAM): the same target from every Region. */
  global?: true
  /** It changes what the stack owns, in the stack's account, wherever its target is. */
  home?: true
  clients: C
  /** The IAM actions that planning and verification need, and on which resources. */
  reads: Grants
  /** The IAM actions that containment and release need, and on which resources. */
  writes: Grants
  /** `'none'`: the change is permanent; the release only closes the record. */
  undo?: 'none'
  /** Names of AWS errors which mean that the target does not exist. */
  gone?: readonly string[]
  /** Seconds within which AWS shows what was written (eventual consistency). Default: 10. */
  settles?: number
  /** What the containment cannot do and which side effects it has, for the reader of the plan. Pure. */
  caveats?(state: S): string[]
  /** Reads the target. Throws one of `gone`, or `Gone`, when it does not exist. */
  read(target: Target<K>, clients: Made<C>, context: ReadContext): Promise<Reading<S>>
  /** The state that the target should have, from the state it has. Pure. */
  contain(state: S, context: Context): S
  /** Brings the target into this state. Idempotent; also finishes what a crash left incomplete. */
  write(target: Target<K>, state: S, clients: Made<C>, context: Context): Promise<void>
  /** Removes what a containment left around a target that is gone, given the state before the containment. */
  cleanUpAfterGone?(target: Target<K>, before: S, clients: Made<C>, context: Context): Promise<void>
}

/** Defines a playbook; its types are inferred from its parts. */
export const playbook = <
  const Name extends string,
  const K extends Identifier,
  S extends State,
  C extends Clients,
>(
  definition: Playbook<Name, K, S, C>,
): Playbook<Name, K, S, C> => definition

/** A playbook of any kind, as the engine sees it: it does not look into the state. */
// biome-ignore lint/suspicious/noExplicitAny: playbooks with different states have no other common supertype.
export type AnyPlaybook = Playbook<string, any, any, any>
