/** A value, and where it and what is in it stand: offsets into the text. */
export interface Node {
  value: unknown
  at: number
  fields?: Map<string, { key: number; node: Node }>
  items?: Node[]
}

/** What is no JSON, and where. */
export interface Unreadable {
  at: number
  problem: string
}

export interface JsonRead {
  node: Node
  /** Keys that an object has more than once: the later one counts. */
  repeated: { key: string; at: number }[]
}

/** As deep as EventBridge's parser reads. Source: Jackson, `StreamReadConstraints`. */
const deepest = 1000

const token =
  /[[\]{}:,]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** JSON with the places of its values, so that what is wrong in it can be pointed at. Source: RFC 8259. */
export function readJson(text: string): JsonRead | Unreadable {
  let at = 0
  let [next, start] = ['', 0]
  const repeated: JsonRead['repeated'] = []
  try {
    advance()
    const node = read(0)
    if (next !== '') throw new Stop('more than one value')
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
    throw new Stop(text[at] === '"' ? 'a text that does not end' : 'neither a value nor a bracket')
  }

  function expect(wanted: string) {
    if (next !== wanted)
      throw new Stop(next === '' ? `no ${wanted} before the end` : `${wanted} is missing here`)
    advance()
  }

  function read(depth: number): Node {
    if (depth > deepest) throw new Stop(`more than ${deepest} levels`)
    if (next === '{') return object(depth)
    if (next === '[') return list(depth)
    if (next === '' || ']}:,'.includes(next)) throw new Stop('a value is missing here')
    const node = { value: scalar(), at: start }
    advance()
    return node
  }

  function scalar(): unknown {
    try {
      return JSON.parse(next)
    } catch (cause) {
      throw new Stop('a text with a control character, or an escape that JSON does not have', { cause })
    }
  }

  function object(depth: number): Node {
    const [here, fields] = [start, new Map<string, { key: number; node: Node }>()]
    advance()
    for (let first = true; next !== '}'; first = false) {
      if (!first) expect(',')
      if (!next.startsWith('"')) throw new Stop('a field begins with its name in "')
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

  function list(depth: number): Node {
    const [here, items] = [start, [] as Node[]]
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
