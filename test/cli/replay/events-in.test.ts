import { describe, expect, it } from 'vitest'
import { eventsIn } from '../../../cli/replay/read/events-in.ts'

const one = (record: object) => {
  const [found] = eventsIn(JSON.stringify(record))
  return found && 'event' in found ? found.event : found
}
const call = {
  eventVersion: '1.11',
  eventID: 'e-1',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  eventTime: '2026-11-21T06:12:31Z',
  awsRegion: 'us-east-1',
  recipientAccountId: '111122223333',
}

describe('a record becomes the event that EventBridge delivers:', () => {
  it.each([
    ['AwsApiCall', 'AWS API Call via CloudTrail'],
    ['AwsServiceEvent', 'AWS Service Event via CloudTrail'],
    ['AwsConsoleSignIn', 'AWS Console Sign In via CloudTrail'],
    ['AwsConsoleAction', 'AWS Console Action via CloudTrail'],
    ['AwsCloudTrailInsight', 'AWS Insight via CloudTrail'],
    ['AwsVpceEvent', 'AWS Network Activity Event via CloudTrail'],
  ])('of CloudTrail, %s', (eventType, type) => {
    const record = { ...call, eventType }
    expect(one(record)).toEqual({
      version: '0',
      id: 'e-1',
      source: 'aws.iam',
      'detail-type': type,
      account: '111122223333',
      region: 'us-east-1',
      time: '2026-11-21T06:12:31Z',
      resources: [],
      detail: record,
    })
  })

  it('as CloudTrail answers a lookup, and as CloudWatch Logs keeps it', () => {
    expect(one({ EventId: 'x', CloudTrailEvent: JSON.stringify(call) })).toEqual(one(call))
    expect(one({ events: [{ timestamp: 1, message: JSON.stringify(call) }] })).toEqual(one(call))
  })

  it('of GuardDuty, whichever way its keys are written', () => {
    const small = {
      schemaVersion: '2.0',
      accountId: '111122223333',
      region: 'us-east-1',
      id: 'f-1',
      type: 'Backdoor:EC2/C&CActivity.B!DNS',
      severity: 8,
      updatedAt: '2026-11-21T06:12:31Z',
      resource: { resourceType: 'Instance', instanceDetails: { tags: [{ key: 'Team', value: 'ML' }] } },
      service: {
        archived: false,
        action: { awsApiCallAction: { affectedResources: { 'AWS::S3::Bucket': 'b' } } },
      },
    }
    const capital = {
      SchemaVersion: '2.0',
      AccountId: '111122223333',
      Region: 'us-east-1',
      Id: 'f-1',
      Type: 'Backdoor:EC2/C&CActivity.B!DNS',
      Severity: 8,
      UpdatedAt: '2026-11-21T06:12:31Z',
      Resource: { ResourceType: 'Instance', InstanceDetails: { Tags: [{ Key: 'Team', Value: 'ML' }] } },
      Service: {
        Archived: false,
        Action: { AwsApiCallAction: { AffectedResources: { 'AWS::S3::Bucket': 'b' } } },
      },
    }
    expect(one(small)).toMatchObject({
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Finding',
      detail: small,
    })
    expect(one(capital)).toEqual(one(small))
  })

  it('of Security Hub, one finding an event', () => {
    const finding = {
      AwsAccountId: '111122223333',
      ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/x',
      Id: 'f',
    }
    const small = { awsAccountId: '111122223333', productArn: finding.ProductArn, id: 'f' }
    expect(one(finding)).toMatchObject({
      source: 'aws.securityhub',
      'detail-type': 'Security Hub Findings - Imported',
      account: '111122223333',
      region: 'eu-west-1',
      detail: { findings: [finding] },
    })
    expect(one(small)).toEqual(one(finding))
  })

  it('of an archive, as it was', () => {
    const event = { id: 'x', source: 'my.app', 'detail-type': 'Any', detail: {}, 'replay-name': 'again' }
    expect(one(event)).toEqual(event)
  })
})

it('events behind one another on a line are as many events', () => {
  const text = JSON.stringify(call)
  expect(eventsIn(text + text)).toHaveLength(2)
})

it.each([
  ['{"a":1}', 'is not an event, a CloudTrail record or a finding'],
  ['{"a":', 'is not valid JSON'],
  ['7', 'is not a JSON object'],
  ['{"message":"{"}', 'is not a JSON object'],
  [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'is nested too deeply'],
])('%.40s: %s', (text, problem) => expect(eventsIn(text)).toEqual([{ problem }]))

it('a finding of nothing but brackets does not overflow the stack', () => {
  const deep = `${'{"A":'.repeat(50_000)}1${'}'.repeat(50_000)}`
  expect(eventsIn(`{"AccountId":"1","Type":"t","Service":{},"Severity":1,"Resource":${deep}}`)).toHaveLength(
    1,
  )
})
