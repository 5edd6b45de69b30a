import { expect, test } from 'vitest'
import { sources } from './sources.ts'

/** Names that a framework asks for: Lambda calls `handler`, and each command of the command line exports `run`. */
const given = new Set(['default', 'handler', 'run', 'scene'])

const declared =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm

test('no exported name stands in two rooms for two things', () => {
  const rooms = new Map<string, Set<string>>()
  for (const { room, path, text } of sources)
    if (!/^(test|bench|docs)$/.test(room) && path.includes('/'))
      for (const [, name = ''] of text.matchAll(declared))
        if (!given.has(name)) rooms.set(name, (rooms.get(name) ?? new Set()).add(room))
  const twice = [...rooms]
    .filter(([, of]) => of.size > 1)
    .map(([name, of]) => `${name}: ${[...of].join(', ')}`)
  expect(twice.sort()).toEqual([])
})
