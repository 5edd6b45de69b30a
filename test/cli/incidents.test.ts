import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { incidentStates } from '../../responders/messages/view/incident-view.ts'
import { incidentOf } from './incidents.ts'
import { portcullis, shell, terminal } from './shell.ts'
import { openStage, type Stage } from './stage.ts'

/** Each state under an id of its own, and one whose every text is an attacker's. */
const idOf = (place: number) => `inc-${place.toString(16)}a1b2c3d`
const hostile = 'inc-e0000001'
const escapes = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  await stage.put(...incidentStates.map((state, place) => incidentOf(state, idOf(place))))
  await stage.put(incidentOf('contained', hostile, { hostile: true }))
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const by = { who: 'maria', how: 'iam', reason: 'drill' }
  await stage.item({
    pk: 'pause',
    sk: 'current',
    paused: { all: { until, by }, notify: { until: '2026', by } },
  })
})
afterAll(() => stage?.stop())

const run = (...args: string[]) => portcullis(args, stage.env)

describe('incidents', () => {
  it('lists those that need a decision first, then live, then ended ones', async () => {
    const { code, out, err } = await run('incidents', '--all')
    expect(code).toBe(0)
    expect(err).toBe('')
    const [paused, ...rows] = out.trimEnd().split('\n')
    expect(paused).toMatch(/^PAUSED {2}every playbook until .* UTC by maria \(command line\): "drill"$/)
    const found = rows.map((row) => row.split(/ {2,}/))
    expect(new Set(found.map(([section]) => section))).toEqual(
      new Set(['NEEDS YOU', 'LIVE', 'OBSERVED', 'ENDED']),
    )
    expect(found.map(([, , , state]) => state).toSorted()).toEqual(
      [...incidentStates, 'contained'].toSorted(),
    )
    expect(out).toContain('portcullis approve inc-0a1b2c3d --plan ')
  })

  it('prints one document with --json, and nothing else', async () => {
    const { code, out, err } = await run('incidents', '--json')
    const { schemaVersion, incidents, pauses } = JSON.parse(out)
    expect([code, err, schemaVersion]).toEqual([0, '', 1])
    expect(incidents).toHaveLength(incidentStates.length + 1)
    expect(Object.keys(pauses)).toEqual(['all'])
    expect(incidents.find(({ id }: { id: string }) => id === idOf(0))).toMatchObject({
      section: 'NEEDS YOU',
      state: 'approval-needed',
      containments: expect.arrayContaining([expect.objectContaining({ status: 'proposed' })]),
    })
  })

  it.each([80, 50])('fits a terminal of %i columns', async (columns) => {
    const { out } = await terminal(['incidents'], { columns, env: stage.env })
    expect(out).toContain('\u001b[')
    const lines = stripVTControlCharacters(out).split('\r\n').slice(1)
    expect(lines.filter((line) => line.length > columns)).toEqual([])
    expect(lines.join('\n')).toContain('NEEDS YOU\n  inc-')
  })

  it.each([
    ['a pipe', async () => (await run('incidents')).out],
    ['NO_COLOR', async () => (await terminal(['incidents'], { env: { ...stage.env, NO_COLOR: '1' } })).out],
    ['--no-color', async () => (await terminal(['incidents', '--no-color'], { env: stage.env })).out],
    ['TERM=dumb', async () => (await terminal(['incidents'], { env: { ...stage.env, TERM: 'dumb' } })).out],
  ])('has no colors for %s', async (_, ask) => {
    // Not every control sequence is a color: on a terminal, one erases the progress line.
    expect((await ask()).replaceAll('\u001b[2K', '')).not.toContain('\u001b')
  })

  it('has colors in a pipe with FORCE_COLOR', async () => {
    const { out } = await portcullis(['incidents'], { ...stage.env, FORCE_COLOR: '1' })
    expect(out).toContain('\u001b[33mapproval-needed')
  })

  it('ends without an error when the reader closes the pipe', async () => {
    const { code, out, err } = await shell('$P incidents --json | head -1', stage.env)
    expect([code, out, err]).toEqual([0, '{\n', ''])
    expect(await shell('$P incidents | true', stage.env)).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('incidents show', () => {
  it.each(['inc-3a1b2c3d', 'INC-3A', '3a1b', 'c-3a1b2c3d'])('finds the incident by %s', async (id) => {
    const { code, out } = await run('incidents', 'show', id)
    expect(code).toBe(0)
    expect(out).toContain('inc-3a1b2c3d')
    expect(out).toMatch(/Timeline\n {2}\d{4}-\d\d-\d\d UTC\n {2}\d\d:\d\d:\d\d {2}event {2,}/)
    expect(out).toMatch(/released {2,}deny-inference by lee \(command line\): "nightly re-index, expected"/)
  })

  it('prints the whole record with --json', async () => {
    const { out } = await run('incidents', 'show', '3a', '--json')
    const { schemaVersion, incident } = JSON.parse(out)
    const { containments } = incidentOf('undone', 'inc-3a1b2c3d')
    expect(schemaVersion).toBe(1)
    expect(incident.containments[0].plan).toEqual(containments[0]?.plan)
    expect(incident.containments[0].history).toHaveLength(containments[0]?.history.length ?? 0)
  })

  it('names the candidates for an ambiguous prefix', async () => {
    await stage.put(incidentOf('contained', 'inc-3a1b9999'))
    const { code, err } = await run('incidents', 'show', '3a1b')
    expect(code).toBe(2)
    expect(err).toContain('error[ambiguous-id]')
    expect(err).toMatch(/where {2}inc-3a1b\w{4}\n {9}inc-3a1b\w{4}\n/)
  })

  it('suggests a similar id for an unknown one', async () => {
    const { code, err } = await run('incidents', 'show', 'inc-4a1b2c3e')
    expect(code).toBe(2)
    expect(err).toContain('Did you mean inc-4a1b2c3d?')
  })
})

describe('text from an attacker', () => {
  it.each([
    ['incidents'],
    ['incidents', '--json'],
    ['incidents', 'show', hostile],
    ['incidents', 'show', hostile, '--json'],
    ['incidents', 'export', hostile],
    ['incidents', 'export', hostile, '--json'],
    ['notify', 'preview', 'contained', '--to', 'slack', '--hostile'],
    ['notify', 'preview', 'contained', '--to', 'mail', '--hostile'],
    ['notify', 'preview', 'contained', '--to', 'text', '--hostile'],
  ])('prints no control sequences in %s %s %s', async (...args) => {
    const { code, out, err } = await run(...args)
    expect(code).toBe(0)
    expect(out + err).not.toMatch(escapes)
  })
})

describe('a stage that is not deployed', () => {
  it('is named, with how to choose another one', async () => {
    const { code, err } = await run('incidents', '--stage', 'nope')
    expect(code).toBe(1)
    expect(err).toContain('where  stage nope (portcullis-nope-*) in us-east-1')
    expect(err.trimEnd().split('\n').at(-1)).toContain('--stage or PORTCULLIS_STAGE')
  })

  it('is chosen by PORTCULLIS_STAGE, unless --stage is given', async () => {
    const env = { ...stage.env, PORTCULLIS_STAGE: 'nope' }
    expect((await portcullis(['incidents'], env)).code).toBe(1)
    expect((await portcullis(['incidents', '--stage', 'dev'], env)).code).toBe(0)
  })

  it('exits with 6 without credentials, and says how to get them', async () => {
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
    const { code, err } = await portcullis(['incidents'], { ...stage.env, ...none })
    expect([code, err]).toEqual([
      6,
      expect.stringMatching(/^error\[no-credentials\][\s\S]*fix {4}aws sso login/),
    ])
  })

  it('exits with 1 when AWS does not respond', async () => {
    const { code, err } = await portcullis(['incidents'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })
    expect([code, err]).toEqual([1, expect.stringContaining('error[unreachable]')])
  })
})
