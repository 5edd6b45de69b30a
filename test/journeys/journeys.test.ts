import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { openSite, type Site, until } from './site.ts'

// The deployed stack on MiniStack 1.5.33 and moto 5.2.5. MiniStack delivers from the bus to a function once, without
// retry and dead-letter queue (test/infrastructure asserts those of the template). These tests send second deliveries as
// AWS does, with the same payload.
let site: Site
let before: unknown
beforeAll(async () => {
  site = await openSite()
  before = await site.look()
})
afterAll(() => site?.stop())

const statusOf = (playbook: string) => async () =>
  (await site.containments()).find((one) => one.playbook === playbook)

describe('a compromised instance', () => {
  test('is contained by the deployed functions and released automatically, on expiry', async () => {
    const [event] = site.attack('compromised-instance').events
    if (!event) throw new Error('no event')
    await site.put(event)
    const contained = await until(statusOf('quarantine-instance'), (one) => one?.status === 'contained')
    expect(contained?.target.instanceId).toBe(site.seeded.fleet.trainer.id)
    expect(contained?.plan.changes.length).toBeGreaterThan(5)
    expect(await site.look()).not.toEqual(before)

    // The local stage shortens every release to 20 s.
    const released = await until(statusOf('quarantine-instance'), (one) => one?.status === 'released')
    expect(released?.history.map(({ status }) => status)).toEqual(['containing', 'contained', 'released'])
    expect(released?.history.at(-1)?.by.who).toBe('clock')
    expect(await site.look()).toEqual(before)
  })

  test('leaves its evidence, and is reported in the order in which it happened', async () => {
    const evidence = await until(statusOf('snapshot-volumes'), (one) => one?.status === 'closed')
    expect(evidence?.history.map(({ status }) => status)).toEqual(['containing', 'contained', 'closed'])
    const subjects = await until(
      async () =>
        (await site.inbox()).map(({ subject }) => subject).filter((one) => one.includes('quarantine')),
      (told) => told.length >= 2,
    )
    expect(subjects.map((one) => one.split(':')[0]).sort()).toEqual(['Contained', 'Released'])
  })
})

describe('an event delivered again', () => {
  test('is contained once: delivered twice at once, after containment, and after release', async () => {
    const command = {
      rule: 'guardduty-instance-compromise',
      event: eventOf('compromised-instance', 'again-1'),
    }
    const twice = await Promise.all([deliver(command), deliver(command)])
    expect(twice.flat().filter(({ status }) => status === 'contained').length).toBeGreaterThanOrEqual(1)
    const record = await until(statusOf('quarantine-instance'), (one) => one?.status === 'contained')
    // The second delivery may find the first unfinished and complete it; it enters no containment of its own.
    expect(record?.history.filter(({ status }) => status === 'contained')).toHaveLength(1)
    expect((await deliver(command))[0]?.status).toBe('already')
    await undo(record)
    expect(await deliver(command)).toMatchObject([{ status: 'already' }])
    expect(await site.look()).toEqual(before)
  })

  test('has the same result when its release arrives first', async () => {
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
  })
})

describe('a function that dies', () => {
  // test/laws does this for every playbook and state. Here the deployed functions die: the smallest after each of its
  // calls, the largest after some.
  test.each([
    ['deny-inference', 'bedrock-model-access-enabled', 'llmjacking', 1],
    ['quarantine-instance', 'guardduty-instance-compromise', 'compromised-instance', 8],
  ] as const)('%s is finished by the next delivery', async (playbook, rule, attack, each) => {
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
  })
})

describe('an event that must cause nothing', () => {
  test('a malformed event: no action, one alert, kept in the dead-letter queue', async () => {
    const [event] = site.attack('malformed').events
    if (!event) throw new Error('no event')
    await site.put(event)
    await site.put(event)
    const told = await until(
      async () => (await site.inbox()).filter(({ subject }) => subject.startsWith('Unreadable event')),
      (mails) => mails.length >= 2,
    )
    expect(told[0]?.text).toMatch(/detail\.[\w.]+ .*found/s)
    const letters = [...(await site.deadLetters()).values()].flat().map((one) => JSON.parse(one))
    expect(letters.map(({ event: kept }) => kept.event.detail)).toContainEqual(event.detail)
    expect(await site.look()).toEqual(before)
  })

  test('a sample finding: no action, and it says why', async () => {
    const [event] = site.attack('sample-finding').events
    if (!event) throw new Error('no event')
    await site.put(event)
    const guarded = await until(site.notices, (all) => all.some(({ says }) => says.includes('sample')))
    expect(guarded.find(({ says }) => says.includes('sample'))?.kind).toBe('guarded')
    expect(await site.look()).toEqual(before)
  })
})

const person = { who: 'maria', how: 'a journey' }

const targetOfTrainer = () => ({
  account: site.seeded.account,
  region: site.seeded.region,
  instanceId: site.seeded.fleet.trainer.id,
})

const eventOf = (name: 'compromised-instance', id: string) => ({ ...site.attack(name).events[0], id })

/** The event of an attack that a rule is about: the one whose name its EventBridge pattern contains. */
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

// The numbers of new rules and the ids of new groups differ from run to run.
const essence = (picture: unknown): unknown => {
  const known = JSON.stringify(before)
  const text = JSON.stringify(picture).replace(/"RuleNumber":\d+/g, '"RuleNumber":0')
  return JSON.parse(text.replace(/sg-[0-9a-f]+/g, (id) => (known.includes(id) ? id : 'a new group')))
}
