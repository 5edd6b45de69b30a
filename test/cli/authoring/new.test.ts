import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identifiers } from '../../../engine/identifiers.ts'
import { eventDefinitions } from '../../../rules/events/index.ts'
import { type Copy, copyOf } from './copy.ts'

const kebab = (text: string) =>
  text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')

const playbooks = [...Object.keys(identifiers), 'apiName,stageName'].map((target) => ({
  name: `draft-${kebab(target)}`,
  target,
  force: false,
}))

// Playbooks that were there before: one process cannot load an index again.
const rules = [
  ...Object.keys(eventDefinitions).map((event, index) => ({
    playbook: 'notify',
    event,
    name: `draft-${index}`,
  })),
  { playbook: 'quarantine-instance', event: 'GuardDuty Finding', name: 'draft-instance' },
  { playbook: 'block-ip', event: 'AWS API Call via CloudTrail', name: 'draft-address', room: 'network' },
  { playbook: 'disable-api-key', event: 'AWS API Call via CloudTrail', name: 'draft-api-key' },
].map((wish) => ({ ...wish, force: false }))

const script = `
  const { newPlaybook } = await import('./cli/authoring/new/playbook.ts')
  const { newRule } = await import('./cli/authoring/new/rule.ts')
  const { regenerate } = await import('./cli/authoring/new/regenerate.ts')
  for (const wish of ${JSON.stringify(playbooks)}) await newPlaybook(wish)
  for (const wish of ${JSON.stringify(rules)}) await newRule(wish)
  regenerate()`

// One copy of the project, with every draft in it: each check below runs once for all.
let copy: Copy
beforeAll(async () => {
  copy = copyOf()
  const { code, err } = await copy.sh(`node --input-type=module -e "${script.replace(/["$`]/g, '\\$&')}"`)
  expect([code, err]).toEqual([0, ''])
}, 600_000)
afterAll(() => copy?.remove())

/** Fails with everything that the tool reported. */
const green = ({ code, out, err }: { code: number; out: string; err: string }) =>
  expect(code, `${out}\n${err}`).toBe(0)

const read = (path: string) => readFileSync(join(copy.folder, path), 'utf8')

test('every draft is valid and passes its trials without AWS', { timeout: 600_000 }, async () => {
  const { code, out } = await copy.sh('portcullis validate; portcullis test --json')
  expect(code, out).toBe(0)
  expect(out).toContain(': 0 errors, ')
  for (const { name } of [...playbooks, ...rules]) expect(out).toContain(`"name": "${name}"`)
})

test('an identifier that the event does not name has its example, and a warning', async () => {
  const { out } = await copy.sh('portcullis validate')
  expect(out).toMatch(/warning\[W3104\].*\n.*rules\/network\/draft-address\.ts:\d+:\d+/)
  expect(out.match(/W3104\]/g)).toHaveLength(1)
})

test('drafts are in the room of similar files, or in the given room', () => {
  expect(read('playbooks/index.ts')).toContain("from './edge/draft-api-name-stage-name.ts'")
  expect(read('test/scenes/index.ts')).toContain("from './users/draft-user-id.ts'")
  expect(read('rules/index.ts')).toContain("from './compute/draft-instance.ts'")
  expect(read('rules/index.ts')).toContain("from './network/draft-address.ts'")
})

test('the drafts compile', { timeout: 600_000 }, async () => green(await copy.tool('tsc', '--noEmit')))

test('the drafts are formatted', { timeout: 600_000 }, async () => {
  const rooms = ['rules', 'playbooks', 'responders/messages', 'infrastructure/policies', 'test/events']
  green(await copy.tool('biome', 'check', ...rooms, 'test/scenes', 'test/states', 'test/rules'))
})

test('their tests pass', { timeout: 600_000 }, async () =>
  green(
    await copy.tool(
      'vitest',
      'run',
      ...['test/rules/shape', 'test/rules/targets', 'test/infrastructure/policies', 'test/laws/pure'],
      ...['-t', 'draft-'],
    ),
  ),
)

// One of each template: the laws take seconds a playbook.
test('the laws hold for them on emulators', { timeout: 600_000 }, async () =>
  green(
    await copy.tool(
      'vitest',
      'run',
      ...['test/laws/contain', 'test/cli/authoring/states'],
      ...['-t', 'draft-(instance-id|role-name|api-name-stage-name)'],
    ),
  ),
)
