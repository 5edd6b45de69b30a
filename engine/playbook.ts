import type { State } from './state.ts'
import type { Identifier, Target } from './target.ts'

/** What the engine tells a playbook besides its target. `at` is the one clock a playbook may know. */
export interface Context {
  /** Names this containment; the same for every delivery of one event. */
  containment: string
  /** The incident it belongs to. */
  incident: string
  /** ISO time at which the containment was planned. */
  at: string
  /** `portcullis-<stage>`: the prefix of everything the stack owns. */
  prefix: string
}

/** What a `read` is told: it runs before the incident is known. */
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
  /** Names under which the target may be excepted or be ours, besides its identifiers: `role/x`, `user/x`. */
  names?: string[]
  /** The state, or a function that reads the rest of it; the engine calls that only if the target may be touched. */
  state: S | (() => Promise<S>)
}

/** The state of a reading, read to its end. */
export const completeState = async <S extends State>({ state }: Reading<S>): Promise<S> =>
  typeof state === 'function' ? state() : state

/** The sentences by which people read what a playbook does; `{target}` stands for the name of the target. */
export interface PlaybookCopy {
  /** What it will do, as an infinitive without "to": `cut {target} off the network`. */
  action: string
  /** What holds once the target is contained: `{target} is cut off the network`. */
  contained: string
  /** What holds after the release. */
  released: string
  /** What may still be so when the containment failed or was done only in part. */
  failed: string
}

/** An AWS SDK client class; the engine makes the instances. */
// biome-ignore lint/suspicious/noExplicitAny: each client's config type differs; the engine fills the common part.
export type ClientClass = new (config: any) => object
export type Clients = Record<string, ClientClass>
export type Made<C extends Clients> = { [K in keyof C]: InstanceType<C[K]> }

/** Where an action is granted: everywhere, on these ARNs, or on these under a condition. */
export type Grant =
  | '*'
  | string[]
  | { on: '*' | string[]; when: Record<string, Record<string, string | string[]>> }
export type Grants = { [action: `${string}:${string}`]: Grant }

/** One kind of containment of one kind of target, as a state that is read, computed and written. */
export interface Playbook<
  Name extends string = string,
  K extends Identifier = Identifier,
  S extends State = State,
  C extends Clients = Clients,
> {
  name: Name
  /** What it does, as a button says it: "Cut an EC2 instance off the network". */
  title: string
  copy: PlaybookCopy
  /** It notifies people and contains nothing. */
  tells?: true
  /** The identifiers that name its target, besides account and Region. */
  target: readonly K[]
  /** The resource is global (IAM): the same target from every Region. */
  global?: true
  /** It works on what the stack owns, at home, wherever its target is. */
  home?: true
  clients: C
  /** IAM actions needed to plan and to verify, and where. */
  reads: Grants
  /** IAM actions needed to contain and to release, and where. */
  writes: Grants
  /** `'none'`: what was done stays done; the release only ends the record. */
  undo?: 'none'
  /** Error names by which AWS says that the target does not exist. */
  gone?: readonly string[]
  /** Seconds within which AWS shows what was written (eventual consistency); 10 unless told. */
  settles?: number
  /** What the containment cannot do or what it costs, for the plan's reader. Pure. */
  caveats?(state: S): string[]
  /** The target as it is. Throws one of `gone`, or `Gone`, when it does not exist. */
  read(target: Target<K>, clients: Made<C>, context: ReadContext): Promise<Reading<S>>
  /** Pure: what the target should be, from what it is. */
  contain(state: S, context: Context): S
  /** Makes the target so. Writing what is there changes nothing; finishes what a crash left half done. */
  write(target: Target<K>, state: S, clients: Made<C>, context: Context): Promise<void>
  /** Removes what a containment left around a target that is gone, given the state in which it was found. */
  cleanUpAfterGone?(target: Target<K>, before: S, clients: Made<C>, context: Context): Promise<void>
}

/** A playbook, its types inferred from its parts. */
export const playbook = <
  const Name extends string,
  const K extends Identifier,
  S extends State,
  C extends Clients,
>(
  it: Playbook<Name, K, S, C>,
): Playbook<Name, K, S, C> => it

/** A playbook of any kind: the engine's view. Its state goes in and out unseen. */
// biome-ignore lint/suspicious/noExplicitAny: methods of different states have no common supertype but this one.
export type AnyPlaybook = Playbook<string, any, any, any>
