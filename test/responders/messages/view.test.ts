import { describe, expect, it } from 'vitest'
import { recordedCopyOf } from '../../../engine/journal/new-record.ts'
import type { Containment, Incident } from '../../../engine/journal/record.ts'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { playbooks } from '../../../playbooks/index.ts'
import { notify } from '../../../playbooks/notify.ts'
import { sentenceOf } from '../../../responders/messages/copy.ts'
import { formatValue } from '../../../responders/messages/format/format-value.ts'
import { sampleNow, sampleOf } from '../../../responders/messages/samples/samples.ts'
import { slackMessage } from '../../../responders/messages/slack/message.ts'
import { type IncidentState, incidentStates } from '../../../responders/messages/view/incident-view.ts'
import { viewOf } from '../../../responders/messages/view/view-of.ts'

const first = (incident: Incident): Containment => incident.containments[0] as Containment
const changed = (state: IncidentState, change: Partial<Containment>) => {
  const incident = sampleOf(state)
  return viewOf({ ...incident, containments: [{ ...first(incident), ...change }] }, sampleNow)
}
const verbsOf = ({ actions }: ReturnType<typeof viewOf>) => actions.map(({ verb }) => verb)

describe('a view', () => {
  it.each(playbooks.map((playbook) => [playbook.name, playbook] as const))(
    'says what %s does in whole sentences',
    (name, playbook: AnyPlaybook) => {
      const copy = recordedCopyOf(playbook)
      expect(copy.title).toMatch(/^[A-Z]/)
      for (const which of ['action', 'contained', 'released', 'failed'] as const) {
        const sentence = sentenceOf({ playbook: name, copy }, which, '$& the target')
        expect(sentence).toMatch(/^\S.*[\w)]$/)
        expect(sentence, 'every placeholder is resolved').not.toMatch(/[{}]/)
        if (copy[which].includes('{target}')) expect(sentence).toContain('$& the target')
      }
    },
  )

  it.each(incidentStates)('of the sample that is %s has the words of its playbooks', (state) => {
    for (const { playbook: name, copy } of sampleOf(state).containments) {
      const playbook = playbooks.find((one) => one.name === name) as AnyPlaybook
      expect(copy).toEqual(recordedCopyOf(playbook))
    }
  })

  it('has plain words for a record that keeps none', () => {
    const { copy: _, ...record } = first(sampleOf('contained'))
    const older = { ...sampleOf('contained'), containments: [record] }
    expect(viewOf(older, sampleNow).header).toBe(
      'Contained: deny-inference holds role/rag-indexer in 111122223333',
    )
    const told = { ...older, containments: [{ ...record, playbook: 'notify' }] }
    expect(viewOf(told, sampleNow).state).toBe('observed')
  })

  it('offers no undo when a plan cannot be undone', () => {
    const { plan } = first(sampleOf('contained'))
    expect(verbsOf(changed('contained', { plan: { ...plan, undo: false } }))).toEqual([])
    const failed = first(sampleOf('failed')).plan
    expect(verbsOf(changed('failed', { plan: { ...failed, undo: false } }))).toEqual(['retry'])
  })

  it('offers no retry after a failed release, because it would contain again', () => {
    const { failure } = first(sampleOf('partial'))
    if (!failure) throw new Error('The sample has no failure.')
    const view = changed('partial', { failure: { ...failure, during: 'release' } })
    expect(verbsOf(view)).toEqual(['undo'])
    expect(view.header).toBe(
      'Partly undone: i-0f3a9c81d2e4b5a67 in 111122223333 is not fully restored (5 of 7 changes reverted)',
    )
  })

  it('is as urgent as its most urgent part, and named after it', () => {
    const [failed, contained] = [sampleOf('failed'), sampleOf('contained')]
    const view = viewOf({ ...contained, containments: [first(contained), first(failed)] }, sampleNow)
    expect(view).toMatchObject({ state: 'failed', severity: 'critical', mention: true })
    expect(view.header).toMatch(/^Containment failed: .*\(and 1 more\)$/)
    expect(view.parts.map(({ state }) => state)).toEqual(['failed', 'contained'])
  })

  it('is not contained when only evidence remains and the rest was undone', () => {
    const [undone, evidence] = [sampleOf('undone'), sampleOf('partial').containments[1] as Containment]
    expect(viewOf({ ...undone, containments: [evidence, first(undone)] }, sampleNow).state).toBe('undone')
  })

  it('is not contained when people were only notified', () => {
    const view = changed('contained', { playbook: 'notify', copy: recordedCopyOf(notify) })
    expect(view.header).toBe('Observed: review role/rag-indexer in 111122223333, nothing was contained')
    expect(verbsOf(view)).toEqual([])
  })

  it('says how many have approved, the deadline, and what happens without a decision', () => {
    const ask = {
      decideBy: '2026-11-21T14:17:17.000Z',
      approvals: 2,
      preventSelf: true,
      onExpire: 'contain' as const,
    }
    const view = changed('approval-needed', { ask, approvals: [{ who: 'lee', how: 'slack' }] })
    expect(view.next).toBe(
      'Nothing has been changed yet. Approve or deny by 14:17 UTC. Without a decision it is contained automatically.',
    )
    expect(view.notes).toContain('1 of 2 approved by lee')
    expect(view.decideBy).toBe(ask.decideBy)
  })

  it('says who decided, how long it took, and when it ends', () => {
    expect(viewOf(sampleOf('contained'), sampleNow).notes).toEqual([
      'Approved by maria (Slack) at 14:03:12 UTC',
      'Detected → contained in 62 s',
      'Ends automatically at 22 Nov 14:02 UTC',
      '1 further event, latest at 14:02 UTC',
    ])
  })

  it('has no button in Slack for a critical incident, and names the command', () => {
    const { blocks } = slackMessage(viewOf(sampleOf('failed'), sampleNow), {})
    expect(blocks.map(({ type }) => type)).not.toContain('actions')
    expect(JSON.stringify(blocks)).toContain('portcullis retry inc-7f3a1b2c --plan 3f9c1d2')
  })

  it.each([
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
    [[], 'none'],
    [null, '–'],
    [
      JSON.stringify({ Statement: [{ Effect: 'Deny', Action: ['s3:*', 'ec2:*'], Resource: '*' }] }),
      'policy that denies 2 actions',
    ],
    [
      JSON.stringify({ Statement: [{ Effect: 'Allow' }, { Effect: 'Deny' }, { Effect: 'Deny' }] }),
      'policy of 3 statements',
    ],
    [
      JSON.stringify({ Statement: { Effect: 'Deny', Action: '*', Condition: { Bool: { a: 'b' } } } }),
      'policy that denies all actions under conditions',
    ],
    [
      JSON.stringify({
        Statement: [
          {
            Effect: 'Deny',
            Action: '*',
            Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-21T14:02:41.000Z' } },
          },
        ],
      }),
      'policy that denies sessions issued before 2026-11-21T14:02:41Z',
    ],
  ])('summarises a long value', (value, words) => {
    expect(formatValue(value)).toBe(words)
  })
})
