import { type Evaluator, evaluator } from '../cli/replay/evaluate.ts'
import { oursOf } from '../cli/replay/own-roles.ts'
import { eventsIn } from '../cli/replay/read/events-in.ts'
import { recordsIn } from '../cli/replay/read/records.ts'
import { replay } from '../cli/replay/replay.ts'
import { type ReplaySummary, tallyReplay } from '../cli/replay/tally.ts'
import { compile } from '../matching/compile.ts'
import { matches } from '../matching/matches.ts'
import { playbooks } from '../playbooks/index.ts'
import { rules } from '../rules/index.ts'

/**
 * The cost of a replay: CloudTrail records from bytes to decisions, against all rules. Seconds are processor time, which
 * leaves out other load of the machine.
 */
export interface ReplayCost {
  rules: number
  records: number
  matched: number
  bytes_per_record: number
  /** One record per line. */
  lines_per_second: number
  /** All records in one `Records` list without a line break, as CloudTrail writes them. */
  list_per_second: number
  /** The naive loop: parse each line, try each rule. */
  naive_per_second: number
  /** Peak memory above that of a tenth of the records, in MB. */
  memory_mb: number
}

/** Typical calls of an account, a few of which rules are about. */
const calls: readonly (readonly [service: string, name: string, weight: number])[] = [
  ['sts', 'AssumeRole', 22],
  ['ec2', 'DescribeInstances', 14],
  ['s3', 'GetBucketAcl', 10],
  ['kms', 'Decrypt', 14],
  ['logs', 'CreateLogStream', 12],
  ['bedrock', 'InvokeModel', 12],
  ['bedrock', 'PutUseCaseForModelAccess', 1],
  ['iam', 'GetRole', 15],
]

/** Measures with this many records, generated while they are read. */
export async function measureReplay(records = 200_000): Promise<ReplayCost> {
  const texts = calls.flatMap(([service, name, weight]) =>
    Array.from({ length: weight }, (_, at) => recordOf(service, name, at)),
  )
  const it = evaluator({
    rules,
    playbooks: new Map(playbooks.map((one) => [one.name, one])),
    ceiling: 'contain',
    ours: oursOf('portcullis-bench', ['deny-inference']),
    now: new Date(),
  })
  const tenth = await run(it, linesOf(texts, records / 10))
  const byLine = await run(it, linesOf(texts, records))
  const inList = await run(it, listOf(texts, records))
  const peak = Math.max(byLine.peak, inList.peak)
  return {
    rules: rules.length,
    records,
    matched: byLine.summary.matched,
    bytes_per_record: Math.round(texts.join('').length / texts.length),
    lines_per_second: byLine.rate,
    list_per_second: inList.rate,
    naive_per_second: await naive(linesOf(texts, records / 4)),
    memory_mb: Math.round((peak - tenth.peak) / 1e6),
  }
}

interface Run {
  summary: ReplaySummary
  rate: number
  peak: number
}

async function run(it: Evaluator, bytes: AsyncIterable<Buffer>): Promise<Run> {
  const count = tallyReplay()
  const begun = process.cpuUsage()
  let peak = 0
  for await (const batch of replay(batches(), it)) {
    for (const one of batch) {
      if ('error' in one) count.unreadable()
      else count.add(one.rules, one.decisions)
    }
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const summary = count.summary()
  return { summary, rate: rateOf(summary.records, begun), peak }

  async function* batches() {
    for await (const raws of recordsIn(bytes)) yield { file: '-', raws }
  }
}

async function naive(bytes: AsyncIterable<Buffer>): Promise<number> {
  const compiled = rules.map(({ when }) => compile(when))
  const begun = process.cpuUsage()
  let records = 0
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [found] = eventsIn(line)
      if (found && 'event' in found) compiled.filter((matcher) => matches(matcher, found.event))
      records++
    }
  }
  return rateOf(records, begun)
}

function rateOf(records: number, begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun)
  return Math.round((records / (user + system)) * 1e6)
}

/** Repeats texts with a separator between them, in chunks as of a file. */
async function* listOf(texts: readonly string[], records: number): AsyncGenerator<Buffer, void> {
  yield Buffer.from('{"Records":[')
  yield* chunksOf(texts, records - 1, ',')
  yield Buffer.from(`${texts[0]}]}`)
}

const linesOf = (texts: readonly string[], records: number): AsyncGenerator<Buffer, void> =>
  chunksOf(texts, records, '\n')

async function* chunksOf(
  texts: readonly string[],
  records: number,
  separator: string,
): AsyncGenerator<Buffer, void> {
  const perChunk = 170
  for (let at = 0; at < records; at += perChunk) {
    const some = Array.from(
      { length: Math.min(perChunk, records - at) },
      (_, more) => texts[(at + more) % texts.length] + separator,
    )
    yield Buffer.from(some.join(''))
  }
}

function recordOf(service: string, name: string, at: number): string {
  const role = ['rag-indexer', 'ci-deploy', 'gpu-worker'][at % 3]
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROADBQP57FF2AEXAMPLE:${role}`,
      arn: `arn:aws:sts::111122223333:assumed-role/${role}/session-${at}`,
      accountId: '111122223333',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROADBQP57FF2AEXAMPLE',
          arn: `arn:aws:iam::111122223333:role/${role}`,
          accountId: '111122223333',
          userName: role,
        },
        attributes: { creationDate: '2026-11-21T06:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: '2026-11-21T06:12:30Z',
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: 'us-east-1',
    sourceIPAddress: `198.51.100.${at}`,
    userAgent: 'aws-sdk-js/3.1162.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#24.21.0 api/sts#3.1162.0',
    requestParameters: { roleArn: `arn:aws:iam::111122223333:role/${role}`, durationSeconds: 3600 },
    responseElements: null,
    requestID: `7c2a1f3e-0000-4000-8000-${String(at).padStart(12, '0')}`,
    eventID: `0a1b2c3d-0000-4000-8000-${String(at).padStart(12, '0')}`,
    readOnly: !name.startsWith('Put'),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.us-east-1.amazonaws.com`,
    },
  })
}

if (import.meta.main) console.log(JSON.stringify(await measureReplay()))
