import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Copy, copyOf } from './copy.ts'

let copy: Copy
beforeAll(async () => {
  copy = copyOf()
  const made = await copy.sh(`
    portcullis new playbook keep-instance --target instanceId
    portcullis new playbook short-sessions --target roleName
    portcullis new rule model-jobs --event "AWS API Call via CloudTrail" --playbook deny-inference
    portcullis new rule strange-exfiltration
    portcullis new rule strange-traffic --playbook keep-instance
    portcullis new rule strange-role --playbook short-sessions
    portcullis new rule model-alarm --event "CloudWatch Alarm State Change"`)
  expect(made.err.replace(/^✓.*$/gm, '').trim()).toBe('')
  expect(made.code).toBe(0)
}, 120_000)
afterAll(() => copy?.remove())

/** Fails with all that was said. */
const green = ({ code, out, err }: { code: number; out: string; err: string }) =>
  expect(code, `${out}\n${err}`).toBe(0)

test('what is new is sound, and passes what is tried without an AWS', async () => {
  const { code, out } = await copy.sh('portcullis validate; portcullis test --json')
  expect(code, out).toBe(0)
  expect(out).toContain(': 0 errors, ')
  for (const name of ['keep-instance', 'short-sessions', 'model-jobs', 'model-alarm', 'strange-role'])
    expect(out).toContain(`"name": "${name}"`)
})

test('it compiles', { timeout: 180_000 }, async () => green(await copy.tool('tsc', '--noEmit')))

test('it is formatted', async () => {
  const rooms = [
    'rules',
    'playbooks',
    'functions',
    'messages',
    'policies',
    'test/events',
    'test/scenes',
    'test/states',
  ]
  green(await copy.tool('biome', 'check', ...rooms, 'test/rules'))
})

test('the tests of rules pass', { timeout: 180_000 }, async () =>
  green(
    await copy.tool(
      'vitest',
      'run',
      'test/rules/shape',
      'test/rules/targets',
      'test/rules/patterns',
      'test/match',
    ),
  ),
)

test('the words, the policies and the reference have it', { timeout: 180_000 }, async () =>
  green(
    await copy.tool(
      'vitest',
      'run',
      'test/messages',
      'test/stack/policies',
      'test/stack/roles',
      'test/docs/fresh',
    ),
  ),
)

test('the laws hold for it', { timeout: 400_000 }, async () => {
  green(
    await copy.tool(
      'vitest',
      'run',
      // The others take minutes, and run over whatever is in the list anyway.
      'test/laws/pure',
      'test/authoring/states',
      '-t',
      'keep-instance|short-sessions',
    ),
  )
})
