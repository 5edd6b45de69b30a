import { canonical } from '../../lib/canonical.ts'

// Configurations of a defence as parts with settings, and how two of them compare. Pure.

export type Setting = string | number | boolean | string[]
export type PartSettings = { [name: string]: Setting }
/** Parts by `<kind> <id>`: `content HATE`, `topic Investment advice`. */
export type Parts = { [part: string]: PartSettings }

/** How two values of a setting compare. */
export interface StrengthOrder {
  weaker(found: Setting | undefined, wanted: Setting | undefined): boolean
  /** The weakest value that is at least as strong as both. */
  join(found: Setting | undefined, wanted: Setting | undefined): Setting | undefined
  /** The value that applies if the setting is not set. */
  unset(part: PartSettings): Setting | undefined
}

/** By kind of part: the order of each setting (others must be as signed), and the maximum number of parts in AWS. */
export type Kinds = { [kind: string]: { settings: { [name: string]: StrengthOrder }; maxParts?: number } }

/** Values from the weakest to the strongest. An unknown value is weaker than all of them. */
export const ranked = (words: Setting[], unset?: Setting | StrengthOrder['unset']): StrengthOrder =>
  byRank((value) => words.indexOf(value as Setting), unset)

/** A larger number is stronger. */
export const larger: StrengthOrder = byRank((value) => Number(value ?? 0))

/** A list with more elements is stronger. */
export const wider = (unset: string[]): StrengthOrder => ({
  weaker: (found, wanted) => listOf(wanted).some((one) => !listOf(found).includes(one)),
  join: (found, wanted) => [...new Set([...listOf(wanted), ...listOf(found)])].sort(),
  unset: () => unset,
})

/** Without an order: a value that differs from the signed one is weaker, except for one that is stronger than all. */
export const signed = (strongest?: Setting): StrengthOrder => {
  const holds = (found?: Setting) => strongest !== undefined && found === strongest
  return {
    weaker: (found, wanted) => !holds(found) && canonical(found) !== canonical(wanted),
    join: (found, wanted) => (holds(found) ? found : wanted),
    unset: () => undefined,
  }
}

/** Where `present` is weaker than `baseline`: missing parts as `part`, and weaker settings as `part: setting`. */
export const weaker = (present: Parts, baseline: Parts, kinds: Kinds): string[] =>
  Object.entries(baseline).flatMap(([part, wanted]) => {
    const found = present[part]
    if (!found) return [part]
    const settings = settingsOf(kinds, part, found, wanted)
    return settings
      .filter((one) => one.order.weaker(one.found, one.wanted))
      .map(({ name }) => `${part}: ${name}`)
  })

/**
 * The weakest configuration that is at least as strong as `present` and `baseline`: stronger settings and additional
 * parts are kept. If they exceed the quota of AWS, the parts of the baseline take precedence, so that an attacker cannot
 * displace them by filling a guardrail with useless parts.
 */
export function stronger(present: Parts, baseline: Parts, kinds: Kinds): Parts {
  const wanted = Object.entries(baseline).map(([part, settings]) => [part, joined(part, settings)] as const)
  const taken = new Map<string, number>()
  const fits = (part: string) => {
    const kind = kindOf(part)
    taken.set(kind, (taken.get(kind) ?? 0) + 1)
    return (taken.get(kind) ?? 0) <= (kinds[kind]?.maxParts ?? Number.POSITIVE_INFINITY)
  }
  for (const [part] of wanted) fits(part)
  const more = Object.entries(present).filter(([part]) => !Object.hasOwn(baseline, part) && fits(part))
  return Object.fromEntries([...wanted, ...more])

  function joined(part: string, wanted: PartSettings): PartSettings {
    const found = present[part]
    if (!found) return wanted
    const settings = settingsOf(kinds, part, found, wanted)
    if (!settings.some((one) => one.order.weaker(one.found, one.wanted))) return found
    const values = settings.map(
      ({ name, order, found, wanted }) => [name, order.join(found, wanted)] as const,
    )
    return Object.fromEntries(values.filter((one): one is [string, Setting] => one[1] !== undefined))
  }
}

/** Parts as a state has them: each is one leaf, since a part can only be kept or restored as a whole. */
export type Texts = { [part: string]: string | null }

/** The texts of these parts; `null` for the parts in `known` that are missing. */
export const textsOf = (parts: Parts, known: string[] = []): Texts => ({
  ...Object.fromEntries(known.map((part) => [part, null])),
  ...Object.fromEntries(Object.entries(parts).map(([part, settings]) => [part, canonical(settings)])),
})

export const partsOf = (texts: Texts): Parts =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([part, text]) => (text === null ? [] : [[part, JSON.parse(text)]])),
  )

export const kindOf = (part: string): string => part.split(' ', 1)[0] ?? ''

const settingsOf = (kinds: Kinds, part: string, found: PartSettings, wanted: PartSettings) =>
  [...new Set([...Object.keys(wanted), ...Object.keys(found)])].map((name) => {
    const order = kinds[kindOf(part)]?.settings[name] ?? signed()
    return {
      name,
      order,
      found: found[name] ?? order.unset(found),
      wanted: wanted[name] ?? order.unset(wanted),
    }
  })

function byRank(
  rank: (value: Setting | undefined) => number,
  unset?: Setting | StrengthOrder['unset'],
): StrengthOrder {
  return {
    weaker: (found, wanted) => rank(found) < rank(wanted),
    join: (found, wanted) => (rank(found) < rank(wanted) ? wanted : found),
    unset: typeof unset === 'function' ? unset : () => unset,
  }
}

const listOf = (value: Setting | undefined): string[] => (Array.isArray(value) ? value : [])
