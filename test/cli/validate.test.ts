import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Copy, copyOf } from './authoring/copy.ts'
import { portcullis } from './shell.ts'

let copy: Copy
beforeAll(() => {
  copy = copyOf()
})
afterAll(() => copy?.remove())

const abuse = 'rules/models/guardduty-model-abuse.ts'
const throttle = 'playbooks/edge/throttle-stage.ts'

describe('validate', () => {
  it('reports no error in this project', async () => {
    const { code, out } = await portcullis(['validate', '--json'])
    const validation = JSON.parse(out)
    expect(validation.findings.filter(({ level }: { level: string }) => level === 'error')).toEqual([])
    expect(validation).toMatchObject({ schemaVersion: 1, valid: true, errors: 0 })
    expect([code, validation.rules > 10, validation.playbooks > 10]).toEqual([0, true, true])
  })

  it.each<[what: string, path: string, change: (text: string) => string | undefined, says: string[]]>([
    [
      'a misspelt finding type',
      abuse,
      (text) => text.replace("'Impact:IAMUser/CostHarvesting'", "'Impact:IAMUser/CostHarvestin'"),
      [`where  ${abuse}:`, "did you mean 'Impact:IAMUser/CostHarvesting'?", '[W2105]'],
    ],
    [
      'a rule that can never match',
      'rules/models/bedrock-model-access-enabled.ts',
      (text) => text.replace("call('bedrock', modelAccessCalls)", "call('bedrock', ['InvokeModl'])"),
      ['error[W2104]', 'rules/models/bedrock-model-access-enabled.ts:13:26', "did you mean 'InvokeModel'?"],
    ],
    [
      'a deleted event',
      'test/events/guardduty-model-abuse/not-archived.json',
      () => undefined,
      [
        'error[E3002]',
        'no event needs detail.service.archived',
        'differs from fires.json only in detail.service',
      ],
    ],
    [
      'a rule that the index lacks',
      'rules/index.ts',
      (text) => text.replace(/^.*guarddutyModelAbuse.*\n/gm, ''),
      ['error[E3001]', abuse, 'not in rules/index.ts'],
    ],
    [
      'an export with another name',
      abuse,
      (text) => `${text.replace('guarddutyModelAbuse', 'other')}export { other as guarddutyModelAbuse }\n`,
      ['error[E3001]', `where  ${abuse}:`, 'must be named guarddutyModelAbuse'],
    ],
    [
      'a grant of every action',
      throttle,
      (text) => text.replace("'apigateway:PATCH'", "'apigateway:*'"),
      ['error[E3003]', `where  ${throttle}:`, 'grants every action of the service'],
    ],
    [
      'a grant on an invalid ARN',
      throttle,
      (text) => text.replace("'arn:aws:apigateway:*::/restapis'", "'restapis'"),
      ['error[E3003]', 'restapis is not a valid ARN'],
    ],
    [
      'an undeclared call',
      'playbooks/notify.ts',
      (text) => text.replace(/^ *'sns:Publish'.*\n/m, ''),
      ['error[E3004]', 'where  playbooks/notify.ts:', 'sns:Publish is called and not declared'],
    ],
    [
      'a playbook without a scene',
      'test/scenes/index.ts',
      (text) => text.replace(/^.*notify.*\n/gm, ''),
      ['error[E3005]', 'has no scene of notify'],
    ],
    [
      'an exception without an owner',
      'exceptions.json',
      (text) => text.replace(/^ *"owner".*\n/m, ''),
      ['error[E3006]', 'exceptions.json:', 'exceptions[0].owner'],
    ],
    [
      'a stage with an unknown person',
      'infrastructure/stages/local.json',
      (text) => text.replace('["maria", "lee"]', '["maria", "stranger"]'),
      ['error[E3006]', 'infrastructure/stages/local.json:', '"stranger" is not in people'],
    ],
  ])('finds %s, with its position and what to do', async (_, path, change, says) => {
    const { code, out, err } = await copy.spoilt(path, change, 'portcullis validate')
    expect(code, out + err).toBe(says.some((one) => one.startsWith('error[')) ? 3 : 0)
    for (const one of says) expect(out).toContain(one)
    expect(out).toMatch(/\n {2}why {4}.+\n {2}docs {3}portcullis docs [EW]\d+\n {2}fix {4}.+/)
  })

  it('warns about an expired exception and does not fail', async () => {
    const late = (text: string) => text.replace('2027-12-31', '2025-01-01')
    const { code, out } = await copy.spoilt('exceptions.json', late, 'portcullis validate --json')
    expect(code).toBe(0)
    expect(JSON.parse(out).findings).toMatchObject([{ code: 'W3101', level: 'warning' }])
  })
})
