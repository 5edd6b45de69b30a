/** A value with the offsets of itself and its parts in the text. */
export interface JsonNode {
  value: unknown
  at: number
  fields?: Map<string, { key: number; node: JsonNode }>
  items?: JsonNode[]
}

/** Why and where a text is not valid JSON. */
export interface JsonError {
  at: number
  problem: string
}

export interface JsonRead {
  node: JsonNode
  /** Keys that an object has more than once; the last one counts. */
  repeated: { key: string; at: number }[]
}

/** The nesting that EventBridge's parser accepts. Source: Jackson, `StreamReadConstraints`. */
const maxDepth = 1000

const token =
  /[[\]{}:,]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Parses JSON and keeps the places of its values, to report problems at their place. Source: RFC 8259. */
export function readJson(text: string): JsonRead | JsonError {
  let at = 0
  let [next, start] = ['', 0]
  const repeated: JsonRead['repeated'] = []
  try {
    advance()
    const node = read(0)
    if (next !== '') throw new Stop('there is more than one value')
    return { node, repeated }
  } catch (error) {
    if (error instanceof Stop) return { at: start, problem: error.message }
    throw error
  }

  function advance() {
    while (' \t\n\r'.includes(text.charAt(at) || '.')) at++
    start = at
    token.lastIndex = at
    next = at < text.length ? (token.exec(text)?.[0] ?? unknown()) : ''
    at += next.length
  }

  function unknown(): never {
    throw new Stop(text[at] === '"' ? 'the string is not terminated' : 'expected a value or a bracket')
  }

  function expect(wanted: string) {
    if (next !== wanted)
      throw new Stop(next === '' ? `${wanted} is missing at the end` : `${wanted} is missing`)
    advance()
  }

  function read(depth: number): JsonNode {
    if (depth > maxDepth) throw new Stop(`more than ${maxDepth} levels`)
    if (next === '{') return object(depth)
    if (next === '[') return list(depth)
    if (next === '' || ']}:,'.includes(next)) throw new Stop('a value is missing')
    const node = { value: scalar(), at: start }
    advance()
    return node
  }

  function scalar(): unknown {
    try {
      return JSON.parse(next)
    } catch (cause) {
      throw new Stop('the string has a control character or an invalid escape', { cause })
    }
  }

  function object(depth: number): JsonNode {
    const [here, fields] = [start, new Map<string, { key: number; node: JsonNode }>()]
    advance()
    for (let first = true; next !== '}'; first = false) {
      if (!first) expect(',')
      if (!next.startsWith('"')) throw new Stop('a field name must be in double quotes')
      const [name, key] = [scalar() as string, start]
      if (fields.has(name)) repeated.push({ key: name, at: key })
      advance()
      expect(':')
      fields.set(name, { key, node: read(depth + 1) })
    }
    advance()
    return {
      value: Object.fromEntries([...fields].map(([name, { node }]) => [name, node.value])),
      at: here,
      fields,
    }
  }

  function list(depth: number): JsonNode {
    const [here, items] = [start, [] as JsonNode[]]
    advance()
    for (let first = true; next !== ']'; first = false) {
      if (!first) expect(',')
      items.push(read(depth + 1))
    }
    advance()
    return { value: items.map(({ value }) => value), at: here, items }
  }
}

class Stop extends Error {}
