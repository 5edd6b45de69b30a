import type { Identifier } from '../../engine/identifiers.ts'
import type { Envelope } from './envelope.ts'

/** An event of which fields may be missing. */
type Partly<T> = T extends readonly (infer Item)[]
  ? Partly<Item>[]
  : T extends object
    ? { [K in keyof T]?: Partly<T[K]> }
    : T

/** A function that is given the value at a path and returns what an event names. */
export interface Finder {
  finder: string
  /** Its file, relative to rules/. */
  from: string
  /** The path of its argument. */
  of: string
  /** The field of its result; without it, the whole result. */
  part?: string
}

/** A path such as `detail.alarmName`, or a finder. */
export type Named = string | Finder

/** How events name the target of a playbook. */
export interface TargetNamed {
  /**
   * A path to the identifier, or a finder that returns an object, or a list of objects, with all the identifiers. For the
   * identifier `subject`: the text that it begins with.
   */
  by: Named
  /** Only in events about these: the values of `about` that contain this text. */
  about?: string
  /** What such an event has in place of the sample's fields. */
  holds?: object
  /** What the incident is about, where it is not the definition's subject. */
  subject?: Named
}

/** All that is known of one type of event: its fields (the type parameter), a sample, and how rules answer it. */
export interface EventDefinition<E extends Envelope<string, string, object>> {
  /** An event as it is delivered, about nothing yet. */
  sample: Partly<E> & Pick<E, 'source' | 'detail-type'>
  /** The pattern helper, which the event's file exports under its own name. */
  // biome-ignore lint/suspicious/noExplicitAny: each helper has parameters of its own; `asks` provides them.
  pattern: (...parameters: any[]) => object
  /** The parameters of the helper in the rule of this name, for a pattern about one value of `about`. */
  asks(about: string, rule: string): readonly unknown[]
  /** The source text of `when` and its imports, by file; without it, a call of the helper. */
  when?: { source(about: string): string; imports: Readonly<Record<string, readonly string[]>> }
  /** What a new rule can be about. The first value that no other rule answers is used. */
  about: readonly string[]
  /** The rule's sentence to the responder. */
  because(about: string): string
  /** The threats of docs/threats.md that a new rule begins with. */
  threats: readonly `THREAT-${string}`[]
  /** ATT&CK, ATLAS and OWASP ids that a new rule begins with. */
  attack: readonly string[]
  /** What the incident is about. */
  subject: Named
  /** The path of the field that says what happened, for the text of a notification. */
  what?: string
  /** The sample's fields in an event about this value that fires the rule of this name. */
  fires(about: string, rule: string): object
  /** Changes to that event, each of which must make it fail one condition of the pattern. By file name: `not-….json`. */
  not: Readonly<Record<string, object>>
  /**
   * How the event names targets: by identifier, or by two identifiers in alphabetical order. Any event names a `subject`:
   * by default `subject`, a colon and `what`.
   */
  names: Readonly<Partial<Record<Identifier | `${Identifier} ${Identifier}`, TargetNamed>>>
}
