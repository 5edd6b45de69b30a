import { Writable } from 'node:stream'
import { WriteStream } from 'node:tty'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Containment } from '../../engine/journal/record.ts'
import type { StoryMoment } from '../../local/story/moment.ts'
import { toJson } from '../../local/story/ndjson.ts'
import { toTerminal } from '../../local/story/terminal.ts'

const hostile = 'x\u001b[2J\u001b]8;;https://evil.test\u0007\u202e\u2028\n$(reboot) '.repeat(40)
const at = '2026-11-21T07:00:00.000Z'

const record: Containment = {
  id: 'c-0123456789abcdef',
  incident: 'inc-01234567',
  shelf: 'inc-0',
  subject: hostile,
  playbook: 'deny-inference',
  target: { account: '123456789012', region: 'us-east-1', principal: hostile },
  rule: 'bedrock-model-access-enabled',
  because: 'Because.',
  severity: 'high',
  attack: [],
  mode: 'contain',
  event: { id: 'event' },
  status: 'contained',
  opened: at,
  due: at,
  plan: {
    hash: 'f'.repeat(64),
    changes: [{ path: `/${hostile}`, before: hostile, after: [hostile] }],
    caveats: [],
    undo: true,
  },
  before: {},
  after: {},
  history: [],
}
const notice = { id: 'event#p', kind: 'unreadable' as const, playbook: 'p', rule: hostile, says: hostile, at }

const moments: StoryMoment[] = [
  { type: 'setup', step: 'Package', says: 'Package', ms: 1 },
  { type: 'attack', name: 'one', title: 'An attack', number: 1, of: 1 },
  {
    type: 'event',
    id: 'event',
    source: 'aws.guardduty',
    what: hostile,
    rules: ['a-rule'],
    because: ['Because.'],
  },
  { type: 'planned', record },
  { type: 'moved', record, to: 'contained', at, ms: 1234, proof: { holds: true, says: ['so it is'] } },
  { type: 'moved', record, to: 'released', at, proof: { holds: false, says: ['still there'] } },
  { type: 'moved', record, to: 'failed', at, why: hostile },
  { type: 'decided', record, who: 'maria', says: hostile },
  { type: 'notice', notice },
  { type: 'unchanged', says: 'nothing ran' },
  { type: 'waiting', ended: 0, of: 1, due: at },
  { type: 'claim', holds: false, says: 'the account is as it was', found: [hostile] },
  { type: 'message', topic: 'arn:aws:sns:us-east-1:123456789012:alerts', count: 1, text: hostile },
]

beforeEach(() => {
  vi.stubEnv('FORCE_COLOR', undefined)
  vi.stubEnv('NO_COLOR', undefined)
  vi.stubEnv('TERM', 'xterm-256color')
})
afterEach(() => vi.unstubAllEnvs())

/** Everything that is written to a stream. */
function sink() {
  const chunks: string[] = []
  const out = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  return { out, chunks }
}

// As a real terminal answers, from TERM and NO_COLOR.
const { getColorDepth } = WriteStream.prototype

/** What is printed on a terminal of this kind. */
function told(columns: number, isTTY: boolean): string {
  const { out, chunks } = sink()
  const tell = toTerminal(
    Object.assign(out, { columns, isTTY, getColorDepth }) as unknown as NodeJS.WriteStream,
  )
  for (const moment of moments) tell(moment, 'one')
  return chunks.join('')
}

describe('the printed replay', () => {
  it('is plain text outside a terminal, whatever an event holds', () => {
    expect(told(80, false).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  it.each([60, 80, 100])('fits into %i columns', (columns) => {
    const widest = Math.max(
      ...told(columns, false)
        .split('\n')
        .map((line) => line.length),
    )
    expect(widest).toBeLessThanOrEqual(columns)
  })

  it('has colours on a terminal, and none with NO_COLOR', () => {
    // The environment of the test run may set these.
    for (const name of ['NO_COLOR', 'NODE_DISABLE_COLORS', 'FORCE_COLOR', 'CI', 'TEAMCITY_VERSION'])
      vi.stubEnv(name, undefined)
    vi.stubEnv('TERM', 'xterm-256color')
    const coloured = told(80, true)
    expect(coloured).toContain('\u001b[32mcontained')
    vi.stubEnv('NO_COLOR', '1')
    expect(told(80, true)).toContain('  contained')
    expect(stripVTControlCharacters(told(80, true))).toBe(stripVTControlCharacters(coloured))
  })

  it('lets no text of an event move the cursor of a terminal', () => {
    // Only our own codes: colours, and the line that is rewritten.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for them.
    const rest = told(80, true).replace(/\u001b\[\d+m|\r\u001b\[2K|\n/g, '')
    expect(rest).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  it('is one JSON object per line for programs', () => {
    const { out, chunks } = sink()
    const tell = toJson(out)
    for (const moment of moments) tell(moment, 'one')
    expect(chunks.map((line) => JSON.parse(line).type)).toEqual(moments.map(({ type }) => type))
    for (const line of chunks) expect(line.indexOf('\n')).toBe(line.length - 1)
  })
})
