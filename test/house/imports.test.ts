import { expect, test } from 'vitest'
import { type Source, sources } from './sources.ts'

/**
 * The rooms from the bottom up. A file imports from its own room and from rooms below; rooms on one line do not import
 * from each other. What only proves, measures or documents may import everything.
 */
const layers = [
  ['lib'],
  ['engine'],
  ['playbooks'],
  ['rules'],
  ['matching'],
  ['responders', 'sensing'],
  ['sdk'],
  ['functions'],
  ['infrastructure'],
  ['local'],
  ['cli'],
  ['bench', 'docs', 'test'],
]

const heightOf = new Map(layers.flatMap((rooms, height) => rooms.map((room) => [room, height] as const)))
const free = new Set(layers.at(-1))
const ours = sources.filter(({ room }) => heightOf.has(room))

test('every source file is in a room', () => {
  const lost = sources.filter(({ room, path }) => !heightOf.has(room) && path.includes('/'))
  expect(lost.map(({ path }) => path)).toEqual([])
})

test('imports point down, type imports included', () => {
  const upward = ours
    .filter(({ room }) => !free.has(room))
    .flatMap(({ path, room, imports }) =>
      imports
        .map((to) => ({ to, height: heightOf.get(to.split('/')[0] ?? '') }))
        .filter(({ to, height }) => height !== undefined && !to.startsWith(`${room}/`))
        .filter(({ height }) => (height ?? 0) >= (heightOf.get(room) ?? 0))
        .map(({ to }) => `${path} → ${to}`),
    )
  expect(upward).toEqual([])
})

test('no files import each other in a circle, type imports included', () => {
  expect(circlesIn(sources).map((circle) => circle.join(' → '))).toEqual([])
})

/** The strongly connected components of more than one file (Tarjan, "Depth-first search", 1972). */
function circlesIn(all: Source[]): string[][] {
  const importsOf = new Map(all.map(({ path, imports }) => [path, imports]))
  const [order, low] = [new Map<string, number>(), new Map<string, number>()]
  const [stack, circles]: [string[], string[][]] = [[], []]
  const visit = (path: string): number => {
    const number = order.size
    order.set(path, number)
    low.set(path, number)
    stack.push(path)
    for (const to of importsOf.get(path) ?? []) {
      if (!importsOf.has(to)) continue
      if (!order.has(to)) low.set(path, Math.min(low.get(path) ?? 0, visit(to)))
      else if (stack.includes(to)) low.set(path, Math.min(low.get(path) ?? 0, order.get(to) ?? 0))
    }
    if (low.get(path) === number) {
      const circle = stack.splice(stack.indexOf(path))
      if (circle.length > 1) circles.push(circle)
    }
    return low.get(path) ?? 0
  }
  for (const { path } of all) if (!order.has(path)) visit(path)
  return circles
}
