import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { aimOf } from '../../../cli/authoring/new/aim.ts'
import { laidOver } from '../../../cli/authoring/new/lay-over.ts'
import { eventAbout } from '../../../cli/authoring/new/rule-choices.ts'
import { type Identifier, identifiers } from '../../../engine/identifiers.ts'
import type { Event } from '../../../engine/rule.ts'
import { getPath } from '../../../lib/get-path.ts'
import { compile } from '../../../matching/compile.ts'
import { matches } from '../../../matching/matches.ts'
import type { EventDefinition, Finder } from '../../../rules/events/definition.ts'
import { eventDefinitions } from '../../../rules/events/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: events of any type.
const definitions = Object.entries(eventDefinitions) as [string, EventDefinition<any>][]

describe.each(definitions)('%s', (detailType, definition) => {
  const { names, about, sample } = definition

  test('the sample has the detail-type', () => expect(sample['detail-type']).toBe(detailType))

  test.each(about)('the pattern about %s matches its event, and none of the others', (value) => {
    const fires = eventAbout(definition, aimOf([], definition), value, 'draft')
    const pattern = compile(definition.pattern(...definition.asks(value, 'draft')))
    expect(matches(pattern, fires)).toBe(true)
    for (const over of Object.values(definition.not)) {
      expect(matches(pattern, laidOver(fires, over) as Event)).toBe(false)
    }
  })

  test.each(Object.keys(names))('it names %s with a valid value', async (key) => {
    const target = key.split(' ') as Identifier[]
    const aim = aimOf(target, definition)
    expect(aim.examples).toEqual([])
    const event = eventAbout(definition, aim, aim.about[0] ?? '', 'draft')
    const by = names[key as Identifier]?.by
    const found =
      typeof by === 'string'
        ? { [key]: getPath(event, ...by.split('.')) }
        : await foundBy(by as Finder, event)
    const targets = [typeof found === 'string' ? { [key]: found } : found].flat()
    expect(targets).not.toEqual([])
    for (const one of targets)
      for (const identifier of target) expect(one[identifier]).toMatch(identifiers[identifier].shape)
  })
})

async function foundBy({ finder, from, of, part }: Finder, event: Event) {
  const file = new URL(`../../../rules/${from}`, import.meta.url)
  const { [finder]: find } = await import(/* @vite-ignore */ file.href)
  const found = find(getPath(event, ...of.split('.')))
  return part === undefined ? found : found[part]
}

// A definition is plain data without calls, so that the bundler drops it from the functions, which use the helpers only.
test('no sample is in the bundle of the rules', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../../rules/index.ts', import.meta.url))],
    ...{ bundle: true, write: false, platform: 'node', format: 'esm', packages: 'external' },
  })
  const text = outputFiles[0]?.text ?? ''
  expect(text).toContain('guardduty-model-abuse')
  for (const [, { sample }] of definitions) expect(text).not.toContain(String(sample.id))
})
