import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportPage } from '../../cli/print/report.ts'
import type { Incident } from '../../engine/journal/record.ts'
import { incidentStates } from '../../responders/messages/view/incident-view.ts'
import { incidentOf } from './incidents.ts'
import { portcullis } from './shell.ts'
import { openStage, type Stage } from './stage.ts'

const by = { who: 'maria', how: 'slack', reason: 'known <b>job</b>' }
const full: Incident = {
  ...incidentOf('undone', 'inc-70000001'),
  decisions: [
    {
      id: 'd-1',
      at: '2026-11-21T14:03:12.000Z',
      verb: 'undo',
      containment: 'c-1',
      by,
      outcome: 'done',
      says: 'Undone.',
    },
  ],
  messages: [
    { channel: 'slack:C0123ABCD', at: '2026-11-21T14:03:12.000Z', state: 'failed', why: 'token_revoked' },
  ],
}

let stage: Stage
let folder: string
beforeAll(async () => {
  stage = await openStage()
  folder = await mkdtemp(join(tmpdir(), 'portcullis-export-'))
  await stage.put(full)
})
afterAll(async () => {
  await stage?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('incidents export', () => {
  it('writes one page with events, changes, decisions and messages', async () => {
    const file = join(folder, 'report.html')
    const { code, out, err } = await portcullis(['incidents', 'export', '70', '-o', file], stage.env)
    expect([code, out, err]).toEqual([0, '', `✓ inc-70000001 exported to ${file}\n`])
    const page = await readFile(file, 'utf8')
    for (const heading of ['What happened', 'Changes', 'Timeline', 'Decisions', 'Messages', 'Why it matched'])
      expect(page).toContain(`>${heading}</h2>`)
    expect(page).toContain('known &lt;b&gt;job&lt;/b&gt;')
    expect(page).toContain('token_revoked')
    expect(page).toContain('held ')
  })

  it('prints the whole record with --json', async () => {
    const { out } = await portcullis(['incidents', 'export', '70', '--json'], stage.env)
    const { schemaVersion, incident } = JSON.parse(out)
    expect([schemaVersion, incident.decisions.length, incident.messages.length]).toEqual([1, 1, 1])
  })

  it('exits with 1 and names a path that it cannot write', async () => {
    const { code, err } = await portcullis(
      ['incidents', 'export', '70', '-o', '/nonexistent/x.html'],
      stage.env,
    )
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/error\[unwritable\][\s\S]*where {2}\/nonexistent\/x\.html/),
    ])
  })
})

describe('a report', () => {
  it.each(incidentStates.flatMap((state) => [false, true].map((hostile) => ({ state, hostile }))))(
    'of $state, hostile $hostile, has no scripts, links, images or markup from an event',
    ({ state, hostile }) => {
      const page = reportPage(incidentOf(state, 'inc-70000002', { hostile }), new Date())
      const tags = new Set([...page.matchAll(/<([a-zA-Z][a-zA-Z0-9]*)/g)].map(([, tag]) => tag))
      const ours =
        'body code footer h1 h2 h3 head header html main meta p pre rect span style svg table tbody td text th thead title tr'
      expect([...tags].filter((tag) => !ours.split(' ').includes(tag ?? ''))).toEqual([])
      expect(page).not.toMatch(/<[^>]+\s(on\w+|href|src)=/)
      expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      expect(page).toContain('default-src &#39;none&#39;')
    },
  )
})
