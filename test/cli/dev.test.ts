import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Copy, copyProject } from './dev/copy.ts'
import { type Driven, drive, isAlive } from './dev/driven.ts'
import { plain, root } from './shell.ts'

const playbook = 'playbooks/identity/deny-inference.ts'
const rule = 'rules/models/bedrock-model-access-enabled.ts'

let copy: Copy
let dev: Driven

beforeAll(async () => {
  copy = await copyProject()
  dev = drive(copy.path)
  await dev.until('ready')
})
afterAll(() => copy.remove())

test('an attack is matched, planned, contained, announced, and undone', async () => {
  dev.say({ do: 'trigger', name: 'llmjacking' })
  const matched = await dev.until('matched', ({ rules }) => rules.length > 0)
  expect(matched.rules.map(({ name }) => name)).toEqual(['bedrock-model-access-enabled'])
  const { plans } = await dev.until('plan')
  expect(plans[0]).toMatchObject({ playbook: 'deny-inference', decision: 'contain' })
  const contained = await dev.until('moved')
  expect(contained).toMatchObject({ to: 'contained', target: { principal: 'role/ml-engineer' } })
  expect(contained.plan.hash).toBe(plans[0]?.plan?.hash)
  expect((await dev.until('message')).says).toContain('Contained: role/ml-engineer')

  dev.say({ do: 'diff' })
  const held = await dev.until('state')
  expect(held.changes.length).toBeGreaterThan(0)
  dev.say({ do: 'undo' })
  expect(await dev.until('moved')).toMatchObject({ to: 'released', containment: contained.containment })
  dev.say({ do: 'diff' })
  expect((await dev.until('state')).changes).toEqual([])
})

test('a saved rule is live at once, and its effect on the last event is shown', async () => {
  const back = await copy.edit(rule, "mode: 'contain'", "mode: 'approve'")
  const { files, difference } = await dev.until('reloaded')
  expect(files).toEqual([rule])
  expect(difference).toContainEqual({
    sign: '~',
    of: 'deny-inference on role/ml-engineer',
    before: 'contain, by rule bedrock-model-access-enabled',
    now: 'propose, by rule bedrock-model-access-enabled',
  })
  dev.say({ do: 'replay' })
  expect(await dev.until('moved')).toMatchObject({ to: 'proposed' })
  dev.say({ do: 'approve' })
  expect(await dev.until('moved')).toMatchObject({ to: 'contained' })
  await back()
  await dev.until('reloaded')
})

test('the plan for a contained target is made from its state before', async () => {
  const change = "inference: 'denied', also: 'this'"
  const back = await copy.edit(
    playbook,
    "contain: () => ({ inference: 'denied'",
    `contain: () => ({ ${change}`,
  )
  const { difference } = await dev.until('reloaded')
  expect(difference).toEqual([{ sign: '+', of: 'deny-inference on role/ml-engineer', now: '+ also   this' }])
  dev.say({ do: 'plan' })
  const { plans } = await dev.until('shown')
  expect(plans[0]?.plan?.changes).toContainEqual({ path: '/inference', before: 'allowed', after: 'denied' })
  await back()
  await dev.until('reloaded')
})

test('a version that cannot be loaded leaves the last good one live, and is located', async () => {
  const back = await copy.edit(
    playbook,
    "contain: () => ({ inference: 'denied' })",
    'contain: () => ({ inference: ',
  )
  const { broken } = await dev.until('broken')
  expect(broken.where).toMatch(/^playbooks\/identity\/deny-inference\.ts:\d+$/)
  dev.say({ do: 'replay' })
  expect(await dev.until('unchanged')).toMatchObject({ playbook: 'deny-inference', status: 'already' })
  await back()
  await dev.until('reloaded')
})

test('a version with type errors is replaced by the last good one', async () => {
  const back = await copy.edit(rule, "mode: 'contain'", "severty: 'low',\n  mode: 'approve'")
  await dev.until('reloaded')
  dev.say({ do: 'plan' })
  expect((await dev.until('shown')).plans[0]?.decision).toBe('propose')
  const { errors } = await dev.until('types', (one) => one.errors.length > 0)
  expect(errors[0]?.where).toMatch(/^rules\/models\/bedrock-model-access-enabled\.ts:\d+/)
  expect(errors[0]?.why).toContain('severty')
  dev.say({ do: 'plan' })
  expect((await dev.until('shown')).plans[0]?.decision).toBe('contain')
  await back()
  await dev.until('reloaded')
  expect((await dev.until('types')).errors).toEqual([])
})

test('an unreadable event and an unknown request are refused, and the loop continues', async () => {
  dev.say({ hello: 'world' })
  expect((await dev.until('refused')).why).toContain('is not an event')
  dev.say({ do: 'dance' })
  expect((await dev.until('refused')).why).toContain('is not a valid request')
})

test('Ctrl-C ends every process', async () => {
  const family = dev.family()
  // Two emulators, the live version, and the next one.
  expect(family.length).toBeGreaterThanOrEqual(4)
  expect(await dev.end('SIGINT')).toBe(130)
  expect(family.filter(isAlive)).toEqual([])
})

test('on a terminal it is driven by keys, and the terminal is restored', async () => {
  const steps = [
    ['keys: ', 't'],
    ['Send which event', 'leaked'],
    ['1 match|leaked-key', '\r'],
    ['contained', 'w'],
    ['why not', 'p'],
    ['u undo', 'u'],
    ['released', 'q'],
  ]
  const { code, seen } = await onTerminal(steps)
  expect(code).toBe(0)
  expect(seen).toContain('match     health-exposed-key')
  expect(seen).toContain('Stopped. All local processes have ended.')
  expect(seen).toMatch(/echo +: True/)
})

/** Types each text when its pattern has appeared since the one before. */
async function onTerminal(steps: string[][]): Promise<{ code: number; seen: string }> {
  const args = [join(root, 'cli/portcullis.ts'), 'dev', '--no-color']
  const child = spawn('python3', ['-c', pty, JSON.stringify(steps), process.execPath, ...args], {
    cwd: root,
    env: { ...plain, TERM: 'xterm-256color' },
  })
  const seen: Buffer[] = []
  child.stdout.on('data', (data) => seen.push(data))
  const [code] = await once(child, 'close')
  return { code, seen: Buffer.concat(seen).toString() }
}

const pty = `
import os, pty, sys, json, re, fcntl, termios, struct, time
steps, argv = json.loads(sys.argv[1]), sys.argv[2:]
master, slave = pty.openpty()
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 160, 0, 0))
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2): os.dup2(slave, fd)
    os.execv(argv[0], argv)
os.set_blocking(master, False)
seen, new = '', ''
status = None
end = time.time() + 90
while time.time() < end:
    try:
        data = os.read(master, 65536).decode(errors='replace')
        seen += data
        new += data
    except BlockingIOError:
        done, code = os.waitpid(pid, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(code)
            break
        time.sleep(0.02)
    if steps and re.search(steps[0][0], new):
        time.sleep(0.3)
        new = ''
        os.write(master, steps.pop(0)[1].encode())
print(seen)
print('echo :', bool(termios.tcgetattr(slave)[3] & termios.ECHO))
sys.exit(9 if status is None else status)
`
