import { compile } from './compile.ts'
import type { Branch } from './matcher.ts'
import { holdsIn } from './matches.ts'
import { keysOf } from './read/field.ts'
import { valuesAt } from './values/values.ts'

/** An index of rules. */
export interface RuleIndex {
  /** The names of all rules that match the event, in the order of the rules. Never throws. */
  matching(event: unknown): string[]
}

/** The fields that rules are indexed by: most patterns have them. */
const levels = ['source', 'detail-type', 'detail.eventSource', 'detail.eventName'].map((path) => ({
  path,
  keys: keysOf(path),
}))

/** Bounds the combinations of texts that a branch is indexed by; beyond it, the branch is tried for every event. */
const maxCombinations = 1000

/** Branches by the text that they accept at one level, and the branches without texts at this level. */
interface IndexNode {
  byText: Map<string, IndexNode>
  others: IndexNode | undefined
  entries: { rule: number; branch: Branch }[]
}

/** Indexes rules, so that an event is tried against few of them. Throws `PatternError` for a pattern that EventBridge rejects. */
export function indexRules(rules: readonly { name: string; when: unknown }[]): RuleIndex {
  const top = empty()
  for (const [rule, { when }] of rules.entries())
    for (const branch of compile(when).branches)
      for (const node of nodesOfBranch(branch, top)) node.entries.push({ rule, branch })

  return {
    matching(event) {
      if (typeof event !== 'object' || event === null || Array.isArray(event)) return []
      const found = new Set<number>()
      for (const { entries } of nodesOfEvent(event, top))
        for (const { rule, branch } of entries)
          if (!found.has(rule) && holdsIn(branch, event)) found.add(rule)
      return [...found].sort((a, b) => a - b).map((rule) => rules[rule]?.name ?? '')
    },
  }
}

/** The nodes of a branch: one for each combination of the texts that it accepts. */
const nodesOfBranch = ({ fields }: Branch, top: IndexNode): IndexNode[] =>
  levels.reduce(
    (nodes, { path }) => {
      const texts = fields.find((field) => field.path === path)?.texts
      return nodes.flatMap((node) => {
        if (texts && nodes.length * texts.size <= maxCombinations)
          return [...texts].map((text) => getOrPut(node.byText, text))
        node.others ??= empty()
        return [node.others]
      })
    },
    [top],
  )

/** The nodes of the branches that an event may match, by every value that it has at each level. */
function nodesOfEvent(event: object, top: IndexNode): IndexNode[] {
  let nodes = [top]
  for (const level of levels) {
    const next: IndexNode[] = []
    const texts = nodes.some(({ byText }) => byText.size > 0)
      ? new Set(valuesAt(event, level).map(({ value }) => value))
      : []
    for (const { byText, others } of nodes) {
      if (others) next.push(others)
      for (const text of texts) {
        const node = byText.get(text as string)
        if (node) next.push(node)
      }
    }
    nodes = next
  }
  return nodes
}

function getOrPut(byText: Map<string, IndexNode>, text: string): IndexNode {
  const node = byText.get(text) ?? empty()
  byText.set(text, node)
  return node
}

const empty = (): IndexNode => ({ byText: new Map(), others: undefined, entries: [] })
