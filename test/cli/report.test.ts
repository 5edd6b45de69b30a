import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standings } from '../../cli/operate/standing/standing.ts'
import { recordedCopyOf } from '../../engine/journal/new-record.ts'
import type { Containment, Status } from '../../engine/journal/record.ts'
import { notify } from '../../playbooks/notify.ts'
import { incidentOf } from './incidents.ts'
import { portcullis } from './shell.ts'
import { openStage, type Stage } from './stage.ts'

const byClock = { who: 'clock', how: 'EventBridge Scheduler' }
const byMaria = { who: 'maria', how: 'cli' }
const [sample] = incidentOf('contained', 'inc-00000001').containments
const start = Date.parse('2026-11-21T06:00:00Z')

/** A containment that went through these, a minute each, all by the clock but for the last. */
function lived(statuses: Status[], more: Partial<Containment> = {}, last = byClock): Containment {
  const history = statuses.map((status, at) => ({
    at: new Date(start + (at + 1) * 60_000).toISOString(),
    status,
    by: at === statuses.length - 1 ? last : byClock,
  }))
  return {
    ...(sample as Containment),
    playbook: 'deny-inference',
    incident: 'inc-00000001',
    mode: 'contain',
    event: { time: '2026-11-21T06:00:00Z' },
    history,
    status: statuses.at(-1) as Status,
    ...more,
  }
}
const standing = (...all: Containment[]) => standings(all, () => 2)[0]

describe('a playbook', () => {
  it('that was only observed is to be promoted to approve', () => {
    expect(standing(lived(['observed']), lived(['observed']))).toMatchObject({
      events: 6,
      observed: 2,
      wouldContain: 2,
      contained: 0,
      undoRate: null,
      p50: null,
      advice: 'portcullis promote deny-inference --to approve',
    })
  })

  it('that a person undid is to be examined first', () => {
    const undone = lived(['containing', 'contained', 'released'], { incident: 'inc-00000002' }, byMaria)
    const ended = lived(['containing', 'contained', 'released'])
    expect(standing(ended, ended, ended, undone)).toMatchObject({
      contained: 4,
      released: 4,
      undone: 1,
      undoRate: 0.25,
      p50: 120_000,
      p95: 120_000,
      advice: 'first: portcullis incidents show inc-00000002',
    })
  })

  it.each<[what: string, one: Containment]>([
    ['failed', lived(['containing', 'failed'])],
    ['drifted', lived(['containing', 'contained', 'drifted'])],
    ['was denied', lived(['proposed', 'closed'], {}, byMaria)],
  ])('that %s is to be examined first', (_, one) =>
    expect(standing(one)?.advice).toBe('first: portcullis incidents show inc-00000001'),
  )

  it.each<[what: string, one: Containment]>([
    ['contains already', lived(['containing', 'contained'])],
    ['only tells', lived(['observed'], { playbook: 'notify', copy: recordedCopyOf(notify) })],
    [
      'found nothing to change',
      lived(['observed'], { plan: { ...(sample as Containment).plan, changes: [] } }),
    ],
  ])('that %s needs no action', (_, one) => expect(standing(one)?.advice).toBeNull())

  it('has a median and a 95th percentile of its times', () => {
    const took = (minutes: number) =>
      lived(['contained'], { event: { time: new Date(start + 60_000 - minutes * 60_000).toISOString() } })
    const all = Array.from({ length: 20 }, (_, at) => took(at + 1))
    expect(standing(...all)).toMatchObject({ p50: 10 * 60_000, p95: 19 * 60_000 })
  })
})

describe('report', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
    await stage.put(
      incidentOf('contained', 'inc-00000001'),
      incidentOf('undone', 'inc-00000002', { hostile: true }),
    )
    await stage.item({ pk: 'events#inc-00000001', sk: sample?.playbook, seen: new Set(['a', 'b', 'c']) })
  })
  afterAll(() => stage?.stop())

  it('has a row for each playbook, with the next command', async () => {
    const { code, out, err } = await portcullis(['report'], stage.env)
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n')[0]).toMatch(
      /^playbook +events +observed +would contain +contained +released +undone +p50 +p95 +advice$/,
    )
    expect(out).toContain('first: portcullis incidents show inc-00000002')
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  it('prints one document with --json, and counts further events', async () => {
    const { out } = await portcullis(['report', '--since', '30d', '--json'], stage.env)
    const { schemaVersion, playbooks } = JSON.parse(out)
    expect(schemaVersion).toBe(1)
    const own = playbooks.find(({ playbook }: { playbook: string }) => playbook === sample?.playbook)
    expect(own.events).toBeGreaterThanOrEqual(4)
  })

  it('says when nothing happened, and exits with 2 for an invalid duration', async () => {
    const [calm, wrong, none] = await Promise.all([
      portcullis(['report', '--since', '1s'], stage.env),
      portcullis(['report', '--since', 'yesterday'], stage.env),
      portcullis(['report', '--stage', 'nope'], stage.env),
    ])
    expect([calm.code, calm.out]).toEqual([0, ''])
    expect(calm.err).toContain('No playbook was called in stage dev')
    expect([wrong.code, none.code]).toEqual([2, 1])
    expect(wrong.err).toContain('--since 7d')
  })
})
