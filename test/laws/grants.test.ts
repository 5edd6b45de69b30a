import { afterAll, describe, expect, test } from 'vitest'
import { actionsOf } from '../../engine/policy.ts'
import { playbooks } from '../../playbooks/index.ts'
import { startCloud } from '../cloud.ts'
import { allows, near, now, policyOfFunction } from '../infrastructure/iam.ts'
import { scenes } from '../scenes/index.ts'
import type { Scene } from '../scenes/scene.ts'
import type { Call } from '../tap.ts'
import { askedAs, askedOf, type Employed, employ, engineGrants } from './role.ts'
import { byEngine, hours, isUntouched, later, opened, type Play, play, undoes } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

/** Grants that no call shows, because IAM checks them as part of another call. moto 5.2.5 checks none of them. */
const unseen: Record<string, string> = {
  'ec2:CreateTags':
    'for the tags that something is made with; EC2 User Guide, "Grant permission to tag … during creation"',
  'iam:PassRole':
    'for the role of the profile that an instance gets, or that Bedrock writes its log as; EC2 User Guide, "Permit an instance profile"',
}

/**
 * The grants without which one containment works: a schedule that cannot be deleted fires, finds nothing to release, and
 * deletes itself; a schedule is updated only when the attack continues.
 */
const spare = ['scheduler:DeleteSchedule', 'scheduler:UpdateSchedule', 'sqs:SendMessage']

const names = [...new Set(scenes.map(({ playbook }) => playbook.name))]
const scenesOf = (name: string): [Scene, ...Scene[]] =>
  scenes.filter(({ playbook }) => playbook.name === name) as [Scene, ...Scene[]]

test('every playbook has a scene', () => {
  expect(names).toEqual(expect.arrayContaining(playbooks.map(({ name }) => name)))
})

describe.each(names)('%s', (name) => {
  const [{ playbook }] = scenesOf(name)
  const declared = actionsOf(playbook)

  test('the calls it makes are the grants it declares', async () => {
    const calls: Call[] = []
    for (const scene of scenesOf(name)) {
      const it = await play(cloud, scene)
      const deliveries = [
        async () => it.deliver(it.event()),
        async () => later(3 * hours, () => it.deliver(it.event('event-2'))),
        async () => it.deliver(await it.clock()),
        async () => it.deliver(it.event('event-3')),
        async () => it.deliver(await it.release()),
      ]
      for (const delivery of deliveries) calls.push(...(await delivery()).calls)
    }
    const actionsBy = (engine: boolean) =>
      new Set(
        calls.flatMap((call) => (byEngine(call) === engine ? (askedAs[call.action] ?? call.action) : [])),
      )
    expect([...actionsBy(false)].sort()).toEqual(declared.filter((one) => !unseen[one]))
    // A containment sends nothing to the dead-letter queue; test/engine/bad-input.test.ts does.
    expect([...actionsBy(true)].sort()).toEqual(engineGrants.filter((one) => one !== 'sqs:SendMessage'))
    // No emulator evaluates the conditions that confine it to its own items; test/infrastructure/iam.ts does.
    const policy = policyOfFunction(name)
    const journal = near('dynamodb', 'table/portcullis-dev-journal')
    const asked = calls.filter(({ service }) => service === 'dynamodb').flatMap(askedOf)
    const refused = asked.filter(({ action, key = '' }) => {
      const context = { ...now, 'dynamodb:LeadingKeys': [key] }
      return !allows(policy, { action, resource: journal, context })
    })
    expect(refused, 'calls that its own policy would refuse').toEqual([])
  })

  test.each(scenesOf(name))('its grants suffice', async (scene) => {
    const { contained, released } = await worksFor(scene)
    expect(contained.outcome?.status, String(contained.error ?? contained.outcome?.why)).toBe('contained')
    expect(released?.outcome?.status, released?.outcome?.why).toBe(undoes(scene) ? 'released' : 'closed')
  })

  // The engine's grants are the same for every playbook, so they are tried with the first one only.
  const engines = name === names[0] ? engineGrants.filter((one) => !spare.includes(one)) : []
  test.each([...declared.filter((one) => !unseen[one]), ...engines])('needs %s', async (grant) => {
    for (const scene of scenesOf(name)) {
      const { contained, released } = await worksFor(scene, grant)
      if (contained.outcome?.status !== 'contained') return
      if (!/released|closed/.test(released?.outcome?.status ?? '')) return
    }
    expect.unreachable(`Every scene works without ${grant}.`)
  })

  // Most refusals happen before the first write: then the same target and role serve the next attempt.
  let last: { scene: Scene; it: Play; employed: Employed } | undefined
  async function worksFor(scene: Scene, without?: string) {
    if (last?.scene === scene && (await isUntouched(last.it))) await cloud.forget()
    else last = await begin(scene)
    await last.employed.grant(without)
    const contained = await last.it.deliver(last.it.event())
    if (contained.outcome?.status !== 'contained') return { contained }
    return { contained, released: await last.it.deliver(await last.it.release()) }
  }

  async function begin(scene: Scene) {
    await cloud.reset()
    const employed = await employ(cloud, scene.playbook)
    return { scene, it: await opened(cloud, scene, await scene.build(), employed.door), employed }
  }
})
