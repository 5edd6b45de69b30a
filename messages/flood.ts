import { code, context, escaped, header, marked, plain, section } from './blocks.ts'
import { fitted, type Message } from './limits.ts'
import { quote } from './quote.ts'

/** Many like incidents at once: what the parent of their messages says, one line for all. */
export interface Flood {
  rule: string
  because: string
  count: number
  incidents: string[]
}

/** As many are named; the thread below has them all. */
const mostNamed = 20

export function slackParent({ rule, because, count, incidents }: Flood): Message {
  const title = `${count} like incidents: ${quote(rule, 100)}`
  const named = incidents.slice(0, mostNamed).map((id) => code(quote(id, 40)))
  const rest = count - named.length
  const list = `${named.join(' ')}${rest > 0 ? ` and ${rest} more` : ''}`
  const next = 'Each has its message, with its own buttons, in the thread below.'
  return fitted(
    escaped(`${title}. ${quote(because)} ${next}`),
    [
      { block: header(title) },
      { block: section(plain(quote(because))) },
      { block: section(marked(`*${next}*`)) },
      { block: context(marked(list)), drop: 1 },
    ],
    context(marked(`… more in ${code('portcullis incidents')}`)),
  )
}
