import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { guardEvent } from '../../engine/guard.ts'
import type { Event } from '../../engine/rule.ts'
import { startJudge } from './judge.ts'

/**
 * Events that others recorded or published, beside the repository where there are any: attacks (Stratus Red
 * Team), detection tests (Panther, Cloud Custodian, Powertools), documentation. None was written for these rules.
 */
const folder = fileURLToPath(new URL('../../../shared/fixtures/', import.meta.url))
const there = existsSync(folder)
if (!there) console.info(`Skipped: no recorded events in ${folder}, so the rules are not tried on them.`)

const judge = there ? await startJudge() : undefined
afterAll(() => judge?.stop())

const lines = (file: string) =>
  readFileSync(folder + file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** A CloudTrail record as CloudTrail hands it to EventBridge. */
const called = (record: Record<string, string>): Event => ({
  ...envelope(record.eventID, record.recipientAccountId, record.awsRegion),
  source: `aws.${record.eventSource?.split('.')[0]}`,
  'detail-type':
    record.eventType === 'AwsConsoleSignIn'
      ? 'AWS Console Sign In via CloudTrail'
      : 'AWS API Call via CloudTrail',
  detail: record,
})

/** A finding as GuardDuty hands it to EventBridge. */
const found = (finding: Record<string, string>): Event => ({
  ...envelope(finding.id, finding.accountId, finding.region),
  source: 'aws.guardduty',
  'detail-type': 'GuardDuty Finding',
  detail: finding,
})

const envelope = (id = 'recorded', account = '111122223333', region = 'us-east-1') => ({
  id,
  account,
  region,
  time: '2026-11-21T06:12:31Z',
  resources: [],
})

/** What fires, and how often; nothing else does. */
async function firing(events: Event[]): Promise<Record<string, number>> {
  const count: Record<string, number> = {}
  for (const event of events)
    for (const name of (await judge?.firing(event)) ?? []) count[name] = (count[name] ?? 0) + 1
  return count
}

describe.runIf(there)('recorded events', () => {
  const calls = there
    ? globSync('cloudtrail/**/*.jsonl', { cwd: folder }).filter((file) => !file.includes('.index.'))
    : []
  // The one record of 300 that is ours: Panther's test of AWS's own quarantine.
  const ours: Record<string, Record<string, number>> = {
    'panther-rules.jsonl': { 'bedrock-logging-off': 1, 'iam-key-quarantined': 1 },
  }

  test('there are some', () => expect(calls.length).toBeGreaterThan(15))

  test.each(calls)('%s', { timeout: 60_000 }, async (file) => {
    expect(await firing(lines(file).map(called))).toEqual(ours[basename(file)] ?? {})
  })

  test('what is benign fires nothing', async () => {
    const events = [
      'eventbridge/aws-lambda-go-benign.jsonl',
      'eventbridge/custodian.jsonl',
      'sagemaker/awsdocs-events.jsonl',
    ]
    expect(await firing(events.flatMap(lines))).toEqual({})
  })

  test('findings of GuardDuty fire, and the guard knows the samples', async () => {
    const events = lines('guardduty/custodian-events.jsonl')
    expect(await firing(events)).toEqual({
      'guardduty-instance-suspected': 1,
      'guardduty-other-credentials': 1,
    })
    const ours = {
      account: '123456789012',
      memberRole: 'portcullis-member',
      roles: ['portcullis-test-announce'],
    }
    expect(events.map((event) => guardEvent(event, ours)?.guard)).toEqual(['sample', 'sample'])
  })

  test('findings of which nobody is named are told', async () => {
    const findings = lines('guardduty/panther-low-med-high.jsonl').map(found)
    expect(await firing(findings)).toEqual({ 'guardduty-other-credentials': 6 })
  })

  test('findings that are none of ours, or not as EventBridge writes them', async () => {
    expect(await firing(lines('guardduty/aws-samples-events.jsonl').map(found))).toEqual({})
    expect(await firing(lines('guardduty/blu371ck-samples.jsonl'))).toEqual({})
  })

  // What AWS's own tester provokes, on what it provokes it: one rule each, but for what no rule answers yet.
  test('types of findings have one rule each', async () => {
    const unanswered =
      /^(Recon|Discovery|Policy|Stealth):|:S3\/|^(Impact|Persistence|PrivilegeEscalation):Kubernetes\//
    const resources: Record<string, string> = {
      ec2: 'Instance',
      lambda: 'Lambda',
      eks: 'EKSCluster',
      iam: 'AccessKey',
    }
    const key = { userType: 'IAMUser', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }
    const types = lines('guardduty/tester-finding-types.jsonl')
    for (const { findingType: type, resource } of types) {
      const resourceType = resources[resource] ?? 'ECSCluster'
      const event = found({
        ...({ severity: 8, resource: { resourceType, accessKeyDetails: key } } as object),
        type,
      })
      const fires = await judge?.firing(event)
      const sequence = type.startsWith('AttackSequence:')
      expect(fires, `${type} on ${resource}`).toHaveLength(unanswered.test(type) && !sequence ? 0 : 1)
    }
    expect(types).toHaveLength(107)
  })
})
