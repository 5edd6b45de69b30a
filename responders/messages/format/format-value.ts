import type { Json } from '../../../engine/state.ts'
import { parseJson } from '../../../lib/parse-json.ts'
import { defang } from '../../../lib/text/defang.ts'

/** How many items of a list are named. */
const maxNamed = 3

/** A value of a plan in a few words: a list is counted, and an IAM policy is summarised. Pure. */
export function formatValue(value: Json | undefined, max = 80): string {
  if (value === undefined || value === null) return '–'
  if (Array.isArray(value)) return defang(listed(value), max)
  if (typeof value === 'object') return defang(policyWords(value) ?? JSON.stringify(value), max)
  if (typeof value !== 'string') return String(value)
  return defang(policyWords(parsed(value)) ?? value, max)
}

const listed = (all: Json[]): string => {
  const names = all.slice(0, maxNamed).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  const rest = all.length - maxNamed
  if (all.length === 0) return 'none'
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}

function parsed(text: string): Json | undefined {
  return text.startsWith('{') ? (parseJson(text) as Json | undefined) : undefined
}

type Statement = { Effect?: Json; Action?: Json; Condition?: Json }

/** What an IAM policy document does; undefined when the value is not a policy. Source: IAM User Guide, "Grammar of the policy language". */
function policyWords(document: Json | undefined): string | undefined {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined
  if (document.Statement === undefined) return undefined
  const statements = [document.Statement].flat() as Statement[]
  const [only] = statements
  const denies = statements.every((one) => one?.Effect === 'Deny')
  if (!denies || !only) return `policy of ${counted(statements.length, 'statement')}`
  const actions = statements.flatMap(({ Action }) => Action ?? [])
  const all = actions.includes('*')
  const who = statements.length === 1 && all ? conditionWords(only.Condition) : undefined
  if (who) return `policy that denies ${who}`
  const bounded = statements.some(({ Condition }) => Condition !== undefined)
  return `policy that denies ${all ? 'all actions' : counted(actions.length, 'action')}${bounded ? ' under conditions' : ''}`
}

// The two conditions that our own playbooks write; any other condition is only mentioned.
function conditionWords(condition: Json | undefined): string | undefined {
  const text = JSON.stringify(condition) ?? ''
  const [, until] = /^\{"DateLessThan":\{"aws:TokenIssueTime":"([^"]+)"\}\}$/.exec(text) ?? []
  if (until) return `sessions issued before ${until.replace(/\.\d+Z$/, 'Z')}`
  return /^\{"StringEquals":\{"aws:userid":"[^"]+"\}\}$/.test(text) ? 'all actions of one session' : undefined
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
