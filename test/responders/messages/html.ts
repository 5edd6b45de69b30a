const tag = /<(\/?)([a-z][a-z0-9]*|!doctype)((?:\s[^<>]*)?)>/g
const empty = ['meta', 'br', '!doctype']

/** Errors in HTML: a tag that is not closed, a bracket outside a tag. */
export function faultsOf(html: string): string[] {
  const body = html.replace(/<style>[^<]*<\/style>/, '')
  const open: string[] = []
  const faults: string[] = []
  for (const [, slash, name = ''] of body.matchAll(tag)) {
    if (empty.includes(name)) continue
    if (!slash) open.push(name)
    else if (open.pop() !== name) faults.push(`</${name}> closes nothing`)
  }
  if (/[<>]/.test(body.replace(tag, ''))) faults.push('a bracket outside a tag')
  return [...faults, ...open.map((name) => `<${name}> is not closed`)]
}

const reach = /\s(?:href|src|action|background|on\w+)\s*=\s*"?([^"\s>]*)/g

/** Everything that a page would load, link to or run. */
export const reachesOf = (html: string): string[] => [
  ...[...html.matchAll(tag)].flatMap(([whole]) => [...whole.matchAll(reach)].map(([, to = '']) => to)),
  ...[...html.matchAll(/<style>([^<]*)/g)].flatMap(([, style = '']) => style.match(/url\(|@import/g) ?? []),
]
