import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Evaluator, evaluate, evaluator } from '../../../cli/replay/decide.ts'
import { differences } from '../../../cli/replay/difference.ts'
import { playbooksOf } from '../../../cli/replay/load.ts'
import { narrow } from '../../../cli/replay/narrow.ts'
import { oursOf } from '../../../cli/replay/ours.ts'
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
const courtOf = (more: Partial<Evaluator> = {}): Evaluator =>
  evaluator({ rules, playbooks, ceiling: 'contain', ours, now: new Date('2026-11-21'), ...more })
const outcomes = (event: unknown, it = courtOf()) => evaluate(event, it).decisions.map((one) => one.decision)

describe('what would be done about an event', () => {
  it('is said for each playbook and target, with the mode of the rule', () => {
    expect(evaluate(fires(), courtOf())).toEqual({
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
  ])('goes no further than the ceiling %s', (ceiling, decision) => {
    const { decisions } = evaluate(fires(), courtOf({ ceiling }))
    expect(decisions.map((one) => one.decision)).toEqual([decision, decision])
    expect(decisions[0]?.why).toBe(ceiling === 'contain' ? undefined : `The stage's ceiling is ${ceiling}.`)
  })

  it('is nothing for a sample, for our own work, for our own roles, and for what is excepted', () => {
    const sample = fires()
    Object.assign(sample.detail, { service: { archived: false, additionalInfo: { sample: true } } })
    expect(evaluate(sample, courtOf()).decisions[0]).toMatchObject({
      decision: 'guarded',
      target: null,
      why: expect.stringContaining('sample'),
    })
    const call = eventOf('bedrock-model-access-enabled/fires')
    const as = (role: string) => JSON.parse(JSON.stringify(call).replaceAll('rag-indexer', role)) as Event
    for (const role of ['portcullis-dev-deny-inference-function', 'portcullis-member', 'break-glass'])
      expect(outcomes(as(role))[0], role).toBe('guarded')
    // At home, the member role is nobody's; elsewhere, the stack's roles are not.
    const home = (account: string) => courtOf({ ours: oursOf('portcullis-dev', ['deny-inference'], account) })
    expect(outcomes(as('portcullis-dev-deny-inference-function'), home('111122223333'))[0]).toBe('guarded')
    expect(outcomes(as('portcullis-dev-deny-inference-function'), home('999999999999'))[0]).toBe('contain')
    expect(outcomes(as('portcullis-member'), home('999999999999'))[0]).toBe('guarded')
  })

  it('is nothing where the rule finds no target, and where the event is not understood', () => {
    const { decisions } = evaluate(eventOf('bedrock-model-access-enabled/fires'), courtOf())
    expect(decisions[1]).toMatchObject({ playbook: 'notify', decision: 'none', target: null })
    const bad = fires()
    Object.assign(bad.detail.resource as object, { instanceDetails: { instanceId: 'i-0; reboot' } })
    expect(evaluate(bad, courtOf()).decisions[0]).toMatchObject({
      decision: 'none',
      why: expect.stringMatching(/^Not understood, and would be parked: .*instanceId is no instanceId/),
    })
    expect(outcomes({ ...fires(), account: 'nowhere' })).toEqual(['none', 'none'])
  })

  it('is nothing for what is no event at all', () => {
    for (const value of [undefined, null, 7, 'x', [], {}])
      expect(evaluate(value, courtOf())).toEqual({ rules: [], decisions: [] })
  })

  it('is asked of the rules and playbooks that are wanted', () => {
    const it = courtOf({ rules: narrow(rules, { playbook: 'snapshot-volumes' }) })
    expect(evaluate(fires(), it).decisions.map(({ playbook }) => playbook)).toEqual(['snapshot-volumes'])
    expect(narrow(rules, { rule: driven }).map(({ name }) => name)).toEqual([driven])
  })
})

describe('counting', () => {
  const summaryOf = (events: readonly Event[], it: Evaluator) => {
    const count = tallyReplay()
    for (const event of events) {
      const { rules, decisions } = evaluate(event, it)
      count.add(rules, decisions)
    }
    const { seconds: _, recordsPerSecond: __, ...summary } = count.summary()
    return summary
  }

  it('tells a target that is named again', () => {
    expect(summaryOf([fires(), fires(), eventOf(`${driven}/not-archived`)], courtOf())).toEqual({
      records: 3,
      matched: 2,
      unreadable: 0,
      targets: 1,
      byRule: { [driven]: { fires: 2, targets: 1, protected: 1, guarded: 0, repeats: 2 } },
      byDecision: { contain: 4, propose: 0, observe: 0, guarded: 0, none: 0 },
    })
  })

  it('comes to the same in any order', () => {
    const all = samples.map(({ event }) => event)
    const twice = [...all, ...all]
    const ordered = Object.fromEntries(modes.map((one) => [one, summaryOf(twice, courtOf({ ceiling: one }))]))
    const places = [...twice.keys()]
    fc.assert(
      fc.property(
        fc.shuffledSubarray(places, { minLength: places.length }),
        fc.constantFrom(...modes),
        (order, ceiling) => {
          const events = order.map((place) => twice[place] as Event)
          expect(summaryOf(events, courtOf({ ceiling }))).toEqual(ordered[ceiling])
        },
      ),
      { numRuns: 10 },
    )
  })
})

it('a difference names what fires otherwise, and each target that is decided otherwise', () => {
  const asked = rules.map((one): Rule => (one.name === driven ? { ...one, mode: 'approve' } : one))
  const compared = differences()
  for (const event of [fires(), eventOf('bedrock-model-access-enabled/fires')]) {
    compared.add('before', evaluate(event, courtOf({ rules: asked })))
    compared.add('now', evaluate(event, courtOf({ rules: narrow(rules, { rule: driven }) })))
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
