import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Copy, copyOf } from './authoring/copy.ts'
import { portcullis } from './shell.ts'

let copy: Copy
beforeAll(() => {
  copy = copyOf()
})
afterAll(() => copy?.remove())

describe('test', () => {
  it('checks every rule and playbook without AWS', async () => {
    const { code, out } = await portcullis(['test', '--json'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })
    const { schemaVersion, failed, passed, seconds, trials } = JSON.parse(out)
    expect({ schemaVersion, failed, code }).toEqual({ schemaVersion: 1, failed: 0, code: 0 })
    expect(passed).toBeGreaterThan(200)
    expect(seconds).toBeGreaterThan(0)
    for (const { name, checks } of trials) expect(checks.length, name).toBeGreaterThan(1)
  })

  it('shows which events fire a rule, where the others stop, and the targets', async () => {
    const { out } = await portcullis(['test', 'guardduty-model-abuse'])
    expect(out).toMatch(/✓ match +fires\.json\n/)
    expect(out).toMatch(/✓ targets +fires\.json +user\/alice: notify 1\n/)
    expect(out).toMatch(/✓ no match +not-archived\.json +stopped at detail\.service\.archived true /)
    expect(out).toMatch(/\n\d+ passed, 0 failed, \d+\.\d\d s\n$/)
  })

  it('suggests the closest name for an unknown one', async () => {
    const { code, err } = await portcullis(['test', 'guardduty-model-abus'])
    expect([code, err]).toEqual([2, expect.stringContaining('Did you mean guardduty-model-abuse?')])
  })

  const throttle = 'playbooks/edge/throttle-stage.ts'
  it.each<[what: string, name: string, path: string, change: (text: string) => string, says: RegExp[]]>([
    [
      'an event that no longer fires the rule',
      'guardduty-model-abuse',
      'test/events/guardduty-model-abuse/fires.json',
      (text) => text.replace(/"Impact:IAMUser\/[^"]+"/, '"Recon:EC2/Portscan"'),
      [/✗ match +fires\.json +detail\.type "Recon:EC2\/Portscan"/, /where {2}test\/events\/.*fires\.json/],
    ],
    [
      'an event without a valid target',
      'api-flood',
      'test/events/api-flood/fires.json',
      (text) => text.replace('"prod"', '"pr od"'),
      [/✗ targets +fires\.json +refused: .*is not a valid stageName/, /docs {3}portcullis docs E3007/],
    ],
    [
      'a contain that reads the clock',
      'throttle-stage',
      throttle,
      (text) =>
        text.replace('rate: Math.min(rate ?? throttledRate, throttledRate)', 'rate: performance.now()'),
      [/✗ pure .*the law does not hold/, /docs {3}portcullis docs E3009/],
    ],
    [
      'a contain that is not idempotent',
      'throttle-stage',
      throttle,
      (text) =>
        text.replace('Math.min(burst ?? throttledBurst, throttledBurst)', '(burst ?? throttledBurst) - 1'),
      [/✗ twice .*the law does not hold/],
    ],
    [
      'a contain that changes its argument',
      'deny-inference',
      'playbooks/identity/deny-inference.ts',
      (text) =>
        text.replace(
          /contain: \(\) => \(\{ inference: 'denied' \}\)/,
          "contain: (it) => Object.assign(it, { inference: 'denied' as const })",
        ),
      [/✗ pure .*read only property/],
    ],
    [
      'a plan that differs from the reviewed one',
      'throttle-stage',
      throttle,
      (text) => text.replace('const throttledRate = 5', 'const throttledRate = 500_000'),
      [/✗ plan .*the law does not hold/, /docs {3}portcullis docs E3008/],
    ],
    [
      'an undeclared call',
      'notify',
      'playbooks/notify.ts',
      (text) => text.replace(/^ *'sns:Publish'.*\n/m, ''),
      [/✗ iam .*sns:Publish is called and not declared/, /where {2}playbooks\/notify\.ts:\d+:\d+/],
    ],
  ])('fails on %s', async (_, name, path, change, says) => {
    const { code, out, err } = await copy.spoilt(path, change, `portcullis test ${name}`)
    expect(code, out + err).toBe(3)
    for (const one of says) expect(out).toMatch(one)
    expect(out).toMatch(/, [1-9]\d* failed, /)
  })
})
