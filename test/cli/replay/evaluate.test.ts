import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Evaluator, evaluateEvent, evaluator } from '../../../cli/replay/evaluate.ts'
import { playbooksOf } from '../../../cli/replay/load-playbooks.ts'
import { narrow } from '../../../cli/replay/narrow.ts'
import { oursOf } from '../../../cli/replay/own-roles.ts'
import { differences } from '../../../cli/replay/replay-difference.ts'
import { tallyReplay } from '../../../cli/replay/tally.ts'
import { type Event, type Mode, modes, type Rule } from '../../../engine/rule.ts'
import { rules } from '../../../rules/index.ts'
import { samples } from '../../rules/events.ts'

const driven = 'guardduty-instance-compromise'
const known = new Map(samples.map(({ name, event }) => [name, event]))
const eventOf = (name: string): Event => structuredClone(known.get(name) as Event)
const fires = () => eventOf(`${driven}/fires`)

const playbooks = await playbooksOf(rules)
const ours = oursOf('portcullis-dev', ['deny-inference'])
const evaluatorWith = (more: Partial<Evaluator> = {}): Evaluator =>
  evaluator({ rules, playbooks, ceiling: 'contain', ours, now: new Date('2026-11-21'), ...more })
const outcomes = (event: unknown, it = evaluatorWith()) =>
  evaluateEvent(event, it).decisions.map((one) => one.decision)

describe('the decision about an event', () => {
  it('is made for each playbook and target, with the mode of the rule', () => {
    expect(evaluateEvent(fires(), evaluatorWith())).toEqual({
      rules: [driven],
      decisions: ['quarantine-instance', 'snapshot-volumes'].map((playbook) => ({
        rule: driven,
        playbook,
        target: { account: '111122223333', region: 'us-east-1', instanceId: 'i-0a1b2c3d4e5f60718' },
        mode: 'contain',
        decision: 'contain',
      })),
    })
  })

  it.each<[Mode, string]>([
    ['observe', 'observe'],
    ['approve', 'propose'],
    ['contain', 'contain'],
  ])('is limited by the ceiling %s', (ceiling, decision) => {
    const { decisions } = evaluateEvent(fires(), evaluatorWith({ ceiling }))
    expect(decisions.map((one) => one.decision)).toEqual([decision, decision])
    expect(decisions[0]?.why).toBe(ceiling === 'contain' ? undefined : `The stage's ceiling is ${ceiling}.`)
  })

  it('is guarded for a sample, for our own roles, and for exceptions', () => {
    const sample = fires()
    Object.assign(sample.detail, { service: { archived: false, additionalInfo: { sample: true } } })
    expect(evaluateEvent(sample, evaluatorWith()).decisions[0]).toMatchObject({
      decision: 'guarded',
      target: null,
      why: expect.stringContaining('sample'),
    })
    const call = eventOf('bedrock-model-access-enabled/fires')
    const as = (role: string) => JSON.parse(JSON.stringify(call).replaceAll('rag-indexer', role)) as Event
    for (const role of ['portcullis-dev-deny-inference-function', 'portcullis-member', 'break-glass'])
      expect(outcomes(as(role))[0], role).toBe('guarded')
    // The roles of the stack are its own only in its account; the member role is its own in every account.
    const home = (account: string) =>
      evaluatorWith({ ours: oursOf('portcullis-dev', ['deny-inference'], account) })
    expect(outcomes(as('portcullis-dev-deny-inference-function'), home('111122223333'))[0]).toBe('guarded')
    expect(outcomes(as('portcullis-dev-deny-inference-function'), home('999999999999'))[0]).toBe('contain')
    expect(outcomes(as('portcullis-member'), home('999999999999'))[0]).toBe('guarded')
  })

  it('is none when the rule finds no target, and for an invalid event', () => {
    const { decisions } = evaluateEvent(eventOf('bedrock-model-access-enabled/fires'), evaluatorWith())
    expect(decisions[1]).toMatchObject({ playbook: 'notify', decision: 'none', target: null })
    const bad = fires()
    Object.assign(bad.detail.resource as object, { instanceDetails: { instanceId: 'i-0; reboot' } })
    expect(evaluateEvent(bad, evaluatorWith()).decisions[0]).toMatchObject({
      decision: 'none',
      why: expect.stringMatching(
        /^Invalid, and would go to the dead-letter queue: .*instanceId is not a valid instanceId/,
      ),
    })
    expect(outcomes({ ...fires(), account: 'nowhere' })).toEqual(['none', 'none'])
  })

  it('is none for input that is not an event', () => {
    for (const value of [undefined, null, 7, 'x', [], {}])
      expect(evaluateEvent(value, evaluatorWith())).toEqual({ rules: [], decisions: [] })
  })

  it('is limited to the chosen rules and playbooks', () => {
    const it = evaluatorWith({ rules: narrow(rules, { playbook: 'snapshot-volumes' }) })
    expect(evaluateEvent(fires(), it).decisions.map(({ playbook }) => playbook)).toEqual(['snapshot-volumes'])
    expect(narrow(rules, { rule: driven }).map(({ name }) => name)).toEqual([driven])
  })
})

describe('counting', () => {
  const summaryOf = (events: readonly Event[], it: Evaluator) => {
    const count = tallyReplay()
    for (const event of events) {
      const { rules, decisions } = evaluateEvent(event, it)
      count.add(rules, decisions)
    }
    const { seconds: _, recordsPerSecond: __, ...summary } = count.summary()
    return summary
  }

  it('recognizes a repeated target', () => {
    expect(summaryOf([fires(), fires(), eventOf(`${driven}/not-archived`)], evaluatorWith())).toEqual({
      records: 3,
      matched: 2,
      unreadable: 0,
      targets: 1,
      byRule: { [driven]: { fires: 2, targets: 1, protected: 1, guarded: 0, repeats: 2 } },
      byDecision: { contain: 4, propose: 0, observe: 0, guarded: 0, none: 0 },
    })
  })

  it('has the same result in any order', () => {
    const all = samples.map(({ event }) => event)
    const twice = [...all, ...all]
    const ordered = Object.fromEntries(
      modes.map((one) => [one, summaryOf(twice, evaluatorWith({ ceiling: one }))]),
    )
    const places = [...twice.keys()]
    fc.assert(
      fc.property(
        fc.shuffledSubarray(places, { minLength: places.length }),
        fc.constantFrom(...modes),
        (order, ceiling) => {
          const events = order.map((place) => twice[place] as Event)
          expect(summaryOf(events, evaluatorWith({ ceiling }))).toEqual(ordered[ceiling])
        },
      ),
      { numRuns: 10 },
    )
  })
})

it('a difference names rules that match other events, and targets with another decision', () => {
  const asked = rules.map((one): Rule => (one.name === driven ? { ...one, mode: 'approve' } : one))
  const compared = differences()
  for (const event of [fires(), eventOf('bedrock-model-access-enabled/fires')]) {
    compared.add('before', evaluateEvent(event, evaluatorWith({ rules: asked })))
    compared.add('now', evaluateEvent(event, evaluatorWith({ rules: narrow(rules, { rule: driven }) })))
  }
  const { fires: counts, targets, incomplete } = compared.result()
  expect(incomplete).toBe(false)
  expect(counts).toEqual({ 'bedrock-model-access-enabled': { before: 1, now: 0 } })
  expect(targets.map(({ playbook, before, now }) => [playbook, before, now])).toEqual([
    ['deny-inference', 'contain', null],
    ['quarantine-instance', 'propose', 'contain'],
    ['snapshot-volumes', 'propose', 'contain'],
  ])
})
