import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { openSite, type Site, until } from './site.ts'

// The deployed stack on MiniStack 1.5.33 and moto 5.2.5. MiniStack delivers from the bus to a function once, without
// retry and dead-letter queue (the template's are asserted in test/stack); second deliveries are sent by these tests
// as AWS sends them: the same payload again.
let site: Site
let before: unknown
beforeAll(async () => {
  site = await openSite()
  before = await site.look()
}, 120_000)
afterAll(() => site?.stop())

const statusOf = (playbook: string) => async () =>
  (await site.containments()).find((one) => one.playbook === playbook)

describe('a compromised instance', () => {
  test('is contained by the deployed functions, and released by the clock', async () => {
    const [event] = site.attack('compromised-instance').events
    if (!event) throw new Error('no event')
    await site.put(event)
    const contained = await until(statusOf('quarantine-instance'), (one) => one?.status === 'contained')
    expect(contained?.target.instanceId).toBe(site.seeded.fleet.trainer.id)
    expect(contained?.plan.changes.length).toBeGreaterThan(5)
    expect(await site.look()).not.toEqual(before)

    // MiniStack's Scheduler looks every 10 s, and the local stage shortens every release to 20 s.
    const released = await until(statusOf('quarantine-instance'), (one) => one?.status === 'released', 60)
    expect(released?.history.map(({ status }) => status)).toEqual(['containing', 'contained', 'released'])
    expect(released?.history.at(-1)?.by.who).toBe('clock')
    expect(await site.look()).toEqual(before)
  }, 120_000)

  test('leaves its evidence, and is told of in the order in which it happened', async () => {
    const evidence = await until(statusOf('snapshot-volumes'), (one) => one?.status === 'closed', 60)
    expect(evidence?.history.map(({ status }) => status)).toEqual(['containing', 'contained', 'closed'])
    const subjects = await until(
      async () =>
        (await site.inbox()).map(({ subject }) => subject).filter((one) => one.includes('quarantine')),
      (told) => told.length >= 2,
    )
    expect(subjects.map((one) => one.split(':')[0]).sort()).toEqual(['Contained', 'Released'])
  }, 90_000)
})

describe('what is delivered again', () => {
  test('is contained once: twice at once, after it was contained, and after it was released', async () => {
    const command = {
      rule: 'guardduty-instance-compromise',
      event: eventOf('compromised-instance', 'again-1'),
    }
    const twice = await Promise.all([deliver(command), deliver(command)])
    expect(twice.flat().filter(({ status }) => status === 'contained').length).toBeGreaterThanOrEqual(1)
    const record = await until(statusOf('quarantine-instance'), (one) => one?.status === 'contained')
    // The second may find the first half done and help it finish; it enters nothing of its own.
    expect(record?.history.filter(({ status }) => status === 'contained')).toHaveLength(1)
    expect((await deliver(command))[0]?.status).toBe('already')
    await undo(record)
    expect(await deliver(command)).toMatchObject([{ status: 'already' }])
    expect(await site.look()).toEqual(before)
  }, 60_000)

  test('does nothing when its release comes first: shuffled, the end is the same', async () => {
    const command = {
      rule: 'guardduty-instance-compromise',
      event: eventOf('compromised-instance', 'shuffled'),
    }
    const [planned] = await deliver({ do: 'plan', target: targetOfTrainer() })
    expect(planned).toMatchObject({ status: 'planned' })
    const early = { do: 'release', target: targetOfTrainer(), containment: 'c-0000000000000000', by: person }
    expect(await deliver(early)).toMatchObject([{ status: 'superseded' }])
    const [contained] = await deliver(command)
    expect(contained?.status).toBe('contained')
    expect(await deliver(early)).toMatchObject([{ status: 'superseded' }])
    await undo(contained && { id: contained.containment ?? '' })
    expect(await site.look()).toEqual(before)
  }, 60_000)
})

describe('a function that dies', () => {
  // Every playbook, after every call: test/laws. Here the deployed function dies, the smallest after each of its
  // calls and the largest after some.
  test.each([
    ['deny-inference', 'bedrock-model-access-enabled', 'llmjacking', 1],
    ['quarantine-instance', 'guardduty-instance-compromise', 'compromised-instance', 8],
  ] as const)(
    '%s has finished when the event has been delivered again',
    async (playbook, rule, attack, each) => {
      const command = (id: string) => ({ rule, event: eventFor(rule, attack, id) })
      await site.tapped(playbook)
      await sleep(500)
      const { calls } = await site.tap.during(() => deliver(command('whole'), playbook))
      expect(calls.length).toBeGreaterThan(6)
      const contained = await site.look()
      await undo(await statusOf(playbook)(), playbook)

      for (let answered = 0; answered < calls.length; answered += each) {
        site.tap.cut(answered)
        await site.deliver(playbook, command(`dies-${answered}`))
        await site.tap.mend()
        await deliver(command(`dies-${answered}`), playbook)
        const record = await statusOf(playbook)()
        expect(record, `after ${answered} calls`).toMatchObject({ status: 'contained' })
        expect(essence(await site.look()), `after ${answered} calls`).toEqual(essence(contained))
        await undo(record, playbook)
      }
      expect(await site.look()).toEqual(before)
    },
    120_000,
  )
})

describe('what must cause nothing', () => {
  test('a malformed event: no action, one alert, kept in the dead-letter queue', async () => {
    const [event] = site.attack('malformed').events
    if (!event) throw new Error('no event')
    await site.put(event)
    await site.put(event)
    const told = await until(
      async () =>
        (await site.inbox()).filter(({ subject }) => subject.startsWith('An event could not be read')),
      (mails) => mails.length >= 2,
    )
    expect(told[0]?.text).toMatch(/detail\.[\w.]+ .*found/s)
    const letters = [...(await site.deadLetters()).values()].flat().map((one) => JSON.parse(one))
    expect(letters.map(({ event: kept }) => kept.event.detail)).toContainEqual(event.detail)
    expect(await site.look()).toEqual(before)
  }, 60_000)

  test('a sample finding: no action, and it says why', async () => {
    const [event] = site.attack('sample-finding').events
    if (!event) throw new Error('no event')
    await site.put(event)
    const guarded = await until(site.notices, (all) => all.some(({ says }) => says.includes('sample')))
    expect(guarded.find(({ says }) => says.includes('sample'))?.kind).toBe('guarded')
    expect(await site.look()).toEqual(before)
  }, 60_000)
})

const person = { who: 'maria', how: 'a journey' }

const targetOfTrainer = () => ({
  account: site.seeded.account,
  region: site.seeded.region,
  instanceId: site.seeded.fleet.trainer.id,
})

const eventOf = (name: 'compromised-instance', id: string) => ({ ...site.attack(name).events[0], id })

/** The event of an attack that a rule is about: the one that its EventBridge pattern names. */
const eventFor = (rule: string, attack: 'llmjacking' | 'compromised-instance', id: string) => {
  const named = JSON.stringify(rules.find(({ name }) => name === rule)?.when)
  const { events } = site.attack(attack)
  return {
    ...(events.find(({ detail }) => detail.eventName && named.includes(detail.eventName)) ?? events[0]),
    id,
  }
}

async function deliver(command: object, playbook = 'quarantine-instance') {
  const outcomes = await site.deliver(playbook, command)
  if (!Array.isArray(outcomes)) throw new Error(outcomes.failed)
  return outcomes
}

async function undo(record: { id: string } | undefined, playbook = 'quarantine-instance'): Promise<void> {
  const target = (await statusOf(playbook)())?.target
  const order = { do: 'release', target, containment: record?.id, by: person }
  expect(await deliver(order, playbook)).toMatchObject([{ status: 'released' }])
}

// Which free number a rule got, and which id a new group, is how it is done and not what is.
const essence = (picture: unknown): unknown => {
  const known = JSON.stringify(before)
  const text = JSON.stringify(picture).replace(/"RuleNumber":\d+/g, '"RuleNumber":0')
  return JSON.parse(text.replace(/sg-[0-9a-f]+/g, (id) => (known.includes(id) ? id : 'a new group')))
}
