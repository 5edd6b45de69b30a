import { expect, test } from 'vitest'
import { sources } from '../house/sources.ts'

/** The rooms of the command line from the bottom up; rooms on one line do not import each other. */
const layers = [['shell'], ['print'], ['replay', 'decide', 'operate', 'authoring'], ['dev'], ['commands']]

const heightOf = new Map(layers.flatMap((rooms, height) => rooms.map((room) => [`cli/${room}`, height])))
const roomOf = (path: string): string => path.split('/').slice(0, 2).join('/')

test('imports inside cli point down, type imports included', () => {
  const upward = sources.flatMap(({ path, imports }) => {
    const height = heightOf.get(roomOf(path))
    if (height === undefined) return []
    return imports
      .filter((to) => roomOf(to) !== roomOf(path) && Number(heightOf.get(roomOf(to)) ?? -1) >= Number(height))
      .map((to) => `${path} → ${to}`)
  })
  expect(upward).toEqual([])
})

test('every room of cli has its place', () => {
  const rooms = new Set(sources.map(({ path }) => roomOf(path)).filter((room) => /^cli\/[\w-]+$/.test(room)))
  expect([...rooms].sort()).toEqual([...heightOf.keys()].sort())
})
