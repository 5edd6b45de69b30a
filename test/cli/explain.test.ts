import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.ts'
import { portcullis, root, shell, terminal } from './shell.ts'

const driven = 'guardduty-instance-compromise'
const events = join(root, 'test/events')
const fires = join(events, driven, 'fires.json')
const refused = join(events, 'bedrock-model-access-enabled/not-denied.json')
const escapes = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

describe('explain', () => {
  it('shows what a matching rule would do, and to which target', async () => {
    const { code, out, err } = await portcullis(['explain', fires])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`✓ ${driven}: mode contain, severity high`)
    expect(out).toContain('    subject i-0a1b2c3d4e5f60718\n')
    expect(out).toContain(
      '    quarantine-instance would contain i-0a1b2c3d4e5f60718 in 111122223333 us-east-1\n',
    )
  })

  it('names the first field that differs, and what was found there', async () => {
    const { out } = await portcullis(['explain', refused, '--rule', 'bedrock-model-access-enabled'])
    expect(out.replace(/\s+/g, ' ')).toContain(
      'detail.errorCode is present ("AccessDenied"), but must be absent ✗',
    )
    expect(out).toContain('No rule matches: nothing would be done.')
  })

  it('leaves out rules for other types of events without --all', async () => {
    const [some, all] = await Promise.all([
      portcullis(['explain', fires]),
      portcullis(['explain', fires, '--all']),
    ])
    expect(some.out).toMatch(/\d+ more rules are for other types of events \(--all\)\n$/)
    for (const { name } of rules) expect(all.out).toContain(name)
  })

  it('prints one document with every rule with --json', async () => {
    const { out } = await shell(`cat ${fires} | $P explain - --json`)
    const { schemaVersion, rules: told } = JSON.parse(out)
    expect(schemaVersion).toBe(1)
    expect(told).toHaveLength(rules.length)
    const matched = told.filter((one: { matched: boolean }) => one.matched)
    expect(matched).toHaveLength(1)
    expect(matched[0]).toMatchObject({ rule: driven, subject: 'i-0a1b2c3d4e5f60718', mode: 'contain' })
    expect(matched[0].decisions[0]).toMatchObject({ playbook: 'quarantine-instance', decision: 'contain' })
  })

  it('names the guard that skips an event', async () => {
    const sample = JSON.parse(readFileSync(fires, 'utf8'))
    sample.detail.title = '[SAMPLE] nothing'
    const { out } = await shell(`echo '${JSON.stringify(sample)}' | $P explain -`)
    expect(out).toContain(
      'quarantine-instance would be kept by a guard from this event (This is a sample finding)',
    )
  })

  it('accepts a CloudTrail record', async () => {
    const detail = JSON.stringify(JSON.parse(readFileSync(refused, 'utf8')).detail)
    const { out } = await shell(`echo '${detail}' | $P explain - --json`)
    expect(JSON.parse(out).event).toMatchObject({
      source: 'aws.bedrock',
      'detail-type': 'AWS API Call via CloudTrail',
    })
  })

  it('prints no control sequences from an event', async () => {
    const nasty = '\u001b[2J\u009b31m\u202e'
    const event = {
      id: nasty,
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Finding',
      detail: { type: nasty },
    }
    for (const more of ['', '--json']) {
      const { out } = await shell(`echo '${JSON.stringify(event)}' | $P explain - --all ${more}`)
      expect(out).toContain('guardduty-model-abuse')
      expect(out).not.toMatch(escapes)
    }
  })

  it('fits a terminal of 60 columns', async () => {
    const { out } = await terminal(['explain', refused], { columns: 60, env: { NO_COLOR: '1' } })
    expect(out.split('\r\n').filter((line) => line.length > 60)).toEqual([])
  })

  it('exits with 3 without an event, with 2 for an unknown rule', async () => {
    const [empty, other, missing, slip] = await Promise.all([
      portcullis(['explain', '-']),
      shell('echo {} | $P explain - --json'),
      portcullis(['explain', '/nonexistent']),
      portcullis(['explain', fires, '--rule', 'guardduty-instance-comprimise']),
    ])
    expect([empty.code, other.code, missing.code, slip.code]).toEqual([3, 3, 3, 2])
    expect(JSON.parse(other.err).error.why).toBe('is not an event, a CloudTrail record or a finding')
    expect(slip.err).toContain(`Did you mean ${driven}?`)
  })
})
