import { compile } from '../matching/compile.ts'
import { indexRules } from '../matching/index-rules.ts'
import { matches } from '../matching/matches.ts'
import { rules } from '../rules/index.ts'

/** The cost of matching CloudTrail records against all rules, through the index and one rule after the other. */
export interface MatchCost {
  rules: number
  records: number
  /** How many times faster the index is than the loop, independent of the machine's speed. */
  ratio: number
  index_per_second: number
  loop_per_second: number
  /** How many of the records match at least one rule. */
  matched: number
}

/** Typical calls of an account: mostly reads, and a few that rules are about. Weights, not counts. */
const mix: readonly (readonly [service: string, name: string, weight: number])[] = [
  ['sts', 'AssumeRole', 22],
  ['ec2', 'DescribeInstances', 14],
  ['s3', 'GetBucketAcl', 10],
  ['kms', 'Decrypt', 14],
  ['logs', 'CreateLogStream', 8],
  ['lambda', 'ListFunctions20150331', 5],
  ['bedrock', 'InvokeModel', 12],
  ['bedrock', 'ListFoundationModels', 3],
  ['bedrock', 'PutUseCaseForModelAccess', 1],
  ['iam', 'GetRole', 5],
  ['iam', 'AttachUserPolicy', 2],
  ['ssm', 'UpdateInstanceInformation', 4],
]

/** Measures each for about `ms` milliseconds, on one core. */
export function measureMatch(ms = 1000): MatchCost {
  const records = mix.flatMap(([service, name, weight]) =>
    Array.from({ length: weight }, (_, at) => record(service, name, at)),
  )
  const index = indexRules(rules)
  const compiled = rules.map(({ name, when }) => ({ name, matcher: compile(when) }))
  const loop = (event: object) =>
    compiled.filter(({ matcher }) => matches(matcher, event)).map(({ name }) => name)
  const [indexed = 0, looped = 0] = best([index.matching, loop], records, ms)
  return {
    rules: rules.length,
    records: records.length,
    ratio: Math.round((indexed / looped) * 10) / 10,
    index_per_second: Math.round(indexed),
    loop_per_second: Math.round(looped),
    matched: records.filter((one) => index.matching(one).length > 0).length,
  }
}

/** Alternates the rounds and keeps the best of each, because other load slows some and the first ones warm up. */
const rounds = 10

/** Events per second, for each way. */
function best(
  ways: readonly ((event: object) => string[])[],
  records: readonly object[],
  ms: number,
): number[] {
  const rates = ways.map(() => 0)
  for (let round = 0; round < rounds; round++)
    for (const [at, way] of ways.entries())
      rates[at] = Math.max(rates[at] ?? 0, rate(way, records, ms / rounds))
  return rates
}

function rate(matching: (event: object) => string[], records: readonly object[], ms: number): number {
  const start = performance.now()
  for (let count = 0; ; ) {
    for (const one of records) matching(one)
    count += records.length
    const took = performance.now() - start
    if (took >= ms) return (count / took) * 1000
  }
}

function record(service: string, name: string, at: number): object {
  const role = ['rag-indexer', 'ci-deploy', 'gpu-worker'][at % 3]
  return {
    version: '0',
    id: `0a1b2c3d-0000-4000-8000-${String(at).padStart(12, '0')}`,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account: '111122223333',
    time: '2026-11-21T06:12:31Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: {
        type: 'AssumedRole',
        principalId: `AROADBQP57FF2AEXAMPLE:${role}`,
        arn: `arn:aws:sts::111122223333:assumed-role/${role}/session-${at}`,
        accountId: '111122223333',
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        sessionContext: {
          sessionIssuer: { type: 'Role', userName: role, accountId: '111122223333' },
          attributes: { creationDate: '2026-11-21T06:00:00Z', mfaAuthenticated: 'false' },
        },
      },
      eventTime: '2026-11-21T06:12:30Z',
      eventSource: `${service}.amazonaws.com`,
      eventName: name,
      awsRegion: 'us-east-1',
      sourceIPAddress: `198.51.100.${at}`,
      userAgent: 'aws-sdk-js/3.1162.0',
      ...(at % 10 === 9 && { errorCode: 'AccessDenied' }),
      requestParameters: {
        roleName: role,
        policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
        tags: [{ key: 'team', value: 'ml' }],
      },
      responseElements: null,
      readOnly: !/^(Put|Attach|Create|Update)/.test(name),
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
    },
  }
}

if (import.meta.main) console.log(JSON.stringify(measureMatch()))
