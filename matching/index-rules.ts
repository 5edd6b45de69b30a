import { compile } from './compile.ts'
import { keysOf } from './field.ts'
import type { Branch } from './matcher.ts'
import { holdsIn } from './matches.ts'
import { valuesAt } from './values.ts'

/** Rules in which an event is looked up. */
export interface Index {
  /** The names of all rules that match the event, in the order of the rules. Never throws. */
  matching(event: unknown): string[]
}

/** The fields that rules are sorted by: those with which most patterns begin. */
const levels = ['source', 'detail-type', 'detail.eventSource', 'detail.eventName'].map((path) => ({
  path,
  keys: keysOf(path),
}))

/** A branch that wants more combinations of texts is looked at for every event instead. */
const most = 1000

/** Branches by the text they want at one level; beside these the ones that name no texts there. */
interface Shelf {
  byText: Map<string, Shelf>
  others: Shelf | undefined
  entries: { rule: number; branch: Branch }[]
}

/** Sorts rules so that an event is tried against few of them. Throws PatternError for what EventBridge refuses. */
export function indexRules(rules: readonly { name: string; when: unknown }[]): Index {
  const top = empty()
  for (const [rule, { when }] of rules.entries())
    for (const branch of compile(when).branches)
      for (const shelf of shelvesFor(branch, top)) shelf.entries.push({ rule, branch })

  return {
    matching(event) {
      if (typeof event !== 'object' || event === null || Array.isArray(event)) return []
      const found = new Set<number>()
      for (const { entries } of shelvesOf(event, top))
        for (const { rule, branch } of entries)
          if (!found.has(rule) && holdsIn(branch, event)) found.add(rule)
      return [...found].sort((a, b) => a - b).map((rule) => rules[rule]?.name ?? '')
    },
  }
}

/** Where a branch belongs: on a shelf for each combination of the texts that it wants. */
const shelvesFor = ({ fields }: Branch, top: Shelf): Shelf[] =>
  levels.reduce(
    (shelves, { path }) => {
      const texts = fields.find((field) => field.path === path)?.texts
      return shelves.flatMap((shelf) => {
        if (texts && shelves.length * texts.size <= most)
          return [...texts].map((text) => getOrPut(shelf.byText, text))
        shelf.others ??= empty()
        return [shelf.others]
      })
    },
    [top],
  )

/** Where the branches are that an event may match: every value that it has at a level is looked up. */
function shelvesOf(event: object, top: Shelf): Shelf[] {
  let shelves = [top]
  for (const level of levels) {
    const next: Shelf[] = []
    const texts = shelves.some(({ byText }) => byText.size > 0)
      ? new Set(valuesAt(event, level).map(({ value }) => value))
      : []
    for (const { byText, others } of shelves) {
      if (others) next.push(others)
      for (const text of texts) {
        const shelf = byText.get(text as string)
        if (shelf) next.push(shelf)
      }
    }
    shelves = next
  }
  return shelves
}

function getOrPut(byText: Map<string, Shelf>, text: string): Shelf {
  const shelf = byText.get(text) ?? empty()
  byText.set(text, shelf)
  return shelf
}

const empty = (): Shelf => ({ byText: new Map(), others: undefined, entries: [] })
