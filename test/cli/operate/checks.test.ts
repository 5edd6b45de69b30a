import { describe, expect, it } from 'vitest'
import { data } from '../../../cli/operate/doctor/checks/cloudtrail.ts'
import { type Detector, findingOf } from '../../../cli/operate/doctor/checks/guardduty.ts'
import { checks } from '../../../cli/operate/doctor/checks/index.ts'
import { findingOf as addresses } from '../../../cli/operate/doctor/checks/topic.ts'
import { dataOf, managementOf, selectorsWith, type Trail } from '../../../cli/operate/doctor/trail.ts'
import { rules } from '../../../rules/index.ts'

const trail = (more: Partial<Trail>): Trail => ({
  arn: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/audit',
  isMultiRegion: true,
  isLogging: true,
  selectors: [],
  advanced: [],
  ...more,
})
const basic = (ReadWriteType: 'All' | 'WriteOnly') => ({ ReadWriteType, IncludeManagementEvents: true })

describe('a trail', () => {
  it('with basic event selectors logs what they select', () => {
    expect(managementOf(trail({ selectors: [basic('All')] }))).toEqual({ reads: true, writes: true })
    expect(managementOf(trail({ selectors: [basic('WriteOnly')] }))).toEqual({ reads: false, writes: true })
  })

  it('with advanced event selectors logs what they select', () => {
    const writes = [
      { Field: 'eventCategory', Equals: ['Management'] },
      { Field: 'readOnly', Equals: ['false'] },
    ]
    const it = trail({ advanced: [{ FieldSelectors: writes }] })
    expect(managementOf(it)).toEqual({ reads: false, writes: true })
    expect(managementOf(trail({}))).toEqual({ reads: false, writes: false })
  })

  it('keeps its selectors when more are added', () => {
    const DataResources = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::models/'] }]
    const before = trail({ selectors: [{ ...basic('WriteOnly'), DataResources }] })
    const after = trail({ advanced: selectorsWith(before, ['AWS::Bedrock::Guardrail']) })
    expect(managementOf(after)).toEqual(managementOf(before))
    expect(dataOf(after)).toEqual(['AWS::S3::Object', 'AWS::Bedrock::Guardrail'])
    expect(JSON.stringify(after.advanced)).toContain('"StartsWith":["arn:aws:s3:::models/"]')
  })
})

describe('GuardDuty', () => {
  const whole: Detector = {
    Status: 'ENABLED',
    FindingPublishingFrequency: 'FIFTEEN_MINUTES',
    Features: (['AI_PROTECTION', 'RUNTIME_MONITORING', 'S3_DATA_EVENTS', 'LAMBDA_NETWORK_LOGS'] as const).map(
      (Name) => ({ Name, Status: 'ENABLED' }),
    ),
  }
  it.each<[string, Detector | undefined]>([
    ['ok', whole],
    ['failed', undefined],
    ['failed', { ...whole, Status: 'DISABLED' }],
    ['failed', { ...whole, Features: whole.Features?.slice(1) ?? [] }],
    ['warning', { ...whole, FindingPublishingFrequency: 'SIX_HOURS' }],
  ])('is %s', (state, detector) => {
    expect(findingOf(detector).state).toBe(state)
  })
})

describe('the topic', () => {
  const mail = { arn: 'arn:aws:sns:us-east-1:1:t:s', protocol: 'email', endpoint: 'sec@example.com' }

  it('passes when no link can unsubscribe an address, and names those it can', () => {
    expect(addresses([], []).state).toBe('ok')
    expect(addresses([mail], []).state).toBe('ok')
    expect(addresses([mail], [mail])).toEqual({
      state: 'failed',
      says: 'sec@example.com can be unsubscribed by opening a link',
    })
  })
})

describe('the checks', () => {
  it('have unique names and titles that fit the column', () => {
    expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length)
    expect(checks.filter(({ title }) => title.length > 12)).toEqual([])
  })

  it('name rules that exist', () => {
    const known = rules.map(({ name }) => name)
    expect(data.flatMap((one) => one.rules).filter((name) => !known.includes(name))).toEqual([])
  })
})
