import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { guardEvent } from '../../engine/guard.ts'
import type { Event } from '../../engine/rule.ts'
import { startEvaluator } from './evaluator.ts'

/**
 * Events that others recorded or published, in a folder beside the repository, if present: attacks (Stratus Red
 * Team), detection tests (Panther, Cloud Custodian, Powertools), documentation. None was written for these rules.
 */
const folder = fileURLToPath(new URL('../../../shared/fixtures/', import.meta.url))
const there = existsSync(folder)
if (!there) console.info(`Skipped: no recorded events in ${folder}, so the rules are not tried on them.`)

const evaluator = there ? await startEvaluator() : undefined
afterAll(() => evaluator?.stop())

const lines = (file: string) =>
  readFileSync(folder + file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** A CloudTrail record as EventBridge delivers it. */
const called = (record: Record<string, string>): Event => ({
  ...envelope(record.eventID, record.recipientAccountId, record.awsRegion),
  source: `aws.${record.eventSource?.split('.')[0]}`,
  'detail-type':
    record.eventType === 'AwsConsoleSignIn'
      ? 'AWS Console Sign In via CloudTrail'
      : 'AWS API Call via CloudTrail',
  detail: record,
})

/** A finding as EventBridge delivers it. */
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

/** The rules that match, and how often. */
async function firing(events: Event[]): Promise<Record<string, number>> {
  const count: Record<string, number> = {}
  for (const event of events)
    for (const name of (await evaluator?.firing(event)) ?? []) count[name] = (count[name] ?? 0) + 1
  return count
}

describe.runIf(there)('recorded events', () => {
  const calls = there
    ? globSync('cloudtrail/**/*.jsonl', { cwd: folder }).filter((file) => !file.includes('.index.'))
    : []
  // The records of 300 that match a rule: Panther's tests of logging and of AWS's own quarantine.
  const ours: Record<string, Record<string, number>> = {
    'panther-rules.jsonl': { 'bedrock-logging-off': 1, 'iam-key-quarantined': 1 },
  }

  test('the folder is complete', () => expect(calls.length).toBeGreaterThan(15))

  test.each(calls)('%s', { timeout: 60_000 }, async (file) => {
    expect(await firing(lines(file).map(called))).toEqual(ours[basename(file)] ?? {})
  })

  test('benign events match no rule', async () => {
    const events = [
      'eventbridge/aws-lambda-go-benign.jsonl',
      'eventbridge/custodian.jsonl',
      'sagemaker/awsdocs-events.jsonl',
    ]
    expect(await firing(events.flatMap(lines))).toEqual({})
  })

  test('findings of GuardDuty match, and the guard recognizes samples', async () => {
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

  test('findings without a named identity are notified', async () => {
    const findings = lines('guardduty/panther-low-med-high.jsonl').map(found)
    expect(await firing(findings)).toEqual({ 'guardduty-other-credentials': 6 })
  })

  test('findings without a rule, or in another form than EventBridge’s, match no rule', async () => {
    expect(await firing(lines('guardduty/aws-samples-events.jsonl').map(found))).toEqual({})
    expect(await firing(lines('guardduty/blu371ck-samples.jsonl'))).toEqual({})
  })

  // The finding types of AWS's own tester, on its resources: one rule each, except for types without a rule so far.
  test('finding types have one rule each', async () => {
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
      const fires = await evaluator?.firing(event)
      const sequence = type.startsWith('AttackSequence:')
      expect(fires, `${type} on ${resource}`).toHaveLength(unanswered.test(type) && !sequence ? 0 : 1)
    }
    expect(types).toHaveLength(107)
  })
})
