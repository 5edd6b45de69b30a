import { describe, expect, it } from 'vitest'
import { filledScenario, scenarios } from '../../../cli/operate/attack/scenarios.ts'
import { permissionsOf } from '../../../cli/operate/deploy/permissions.ts'
import { costOf } from '../../../cli/operate/deploy/prices.ts'
import { modesOf, modeWords } from '../../../cli/operate/stage/modes.ts'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { actionsOf } from '../../../engine/policy.ts'
import { playbooks } from '../../../playbooks/index.ts'
import { rules } from '../../../rules/index.ts'

const all = playbooks as readonly AnyPlaybook[]
const names = all.map(({ name }) => name)

describe('the plan of a deployment', () => {
  it('names the playbooks that need each action', () => {
    const found = new Map(permissionsOf(all).map((one) => [one.action, one.playbooks]))
    for (const one of all)
      for (const action of actionsOf(one)) expect(found.get(action), action).toContain(one.name)
    expect([...found.keys()].sort()).toEqual([...new Set(all.flatMap((one) => actionsOf(one)))].sort())
  })

  it('has only observe under that ceiling, and never more than the rules allow', () => {
    expect(modeWords(modesOf(names, rules, 'observe'))).toBe(
      `${names.length} playbooks: ${names.length} observe, 0 approve, 0 contain`,
    )
    expect(modesOf(names, rules, 'contain').get('throttle-stage')).toBe('approve')
  })

  it('counts resources with a monthly price', () => {
    const Resources = { A: { Type: 'AWS::CloudWatch::Alarm' }, K: { Type: 'AWS::KMS::Key' } }
    const { standing, perMillion } = costOf({ Resources })
    expect(standing).toBeCloseTo(1.1)
    expect(perMillion).toBeGreaterThan(0)
  })
})

describe('a recorded attack', () => {
  const person = { id: 'AIDAX', arn: 'arn:aws:iam::1:x', key: 'AKIAX' }
  const network = { vpc: 'vpc-1', subnet: 'subnet-1', groups: ['sg-1'] }
  const hostile = 'x","detail":{"a":"'

  it.each(scenarios().map((one) => [one.name, one] as const))('%s takes the names it is given', (_, one) => {
    const kinds: Record<string, unknown> = {
      roles: person,
      users: person,
      fleet: { id: 'i-1', interfaces: ['eni-1'] },
    }
    const values = {
      account: '111122223333',
      region: 'us-east-1',
      now: '2026-11-21T00:00:00Z',
      network,
      api: { name: hostile, stage: 'prod' },
      guardrail: { arn: 'arn' },
      ...Object.fromEntries(
        [...one.about].flatMap(([kind, name]) => (kinds[kind] ? [[kind, { [name]: kinds[kind] }]] : [])),
      ),
    }
    const recorded = ['roles', 'users'].flatMap((kind) => one.about.get(kind) ?? [])
    const attack = filledScenario(one, values, new Map(recorded.map((name) => [name, 'rehearsal'])))
    expect(attack.events.length).toBeGreaterThan(0)
    const text = JSON.stringify(attack.events.map(({ detail }) => detail))
    expect(text).not.toContain('{{')
    for (const name of recorded) expect(text).not.toContain(`"${name}"`)
  })
})
