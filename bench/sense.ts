import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { batch, called, logged, subscription, times } from '../test/sensing/intake/given.ts'
import { type Site, startSite } from '../test/sensing/intake/site.ts'

const help = `node --expose-gc bench/sense.ts [--million] [--json]

Measures what sense costs a record, against an AWS on this machine. Asserts nothing.

  --million  also a million records of each kind
  --json     one JSON object on stdout, and nothing else there
  --help     this`

/** Records per batch: the maximum that the queue delivers. */
const atOnce = 1000
/** Milliseconds from one record to the next. */
const apart = 20

/** Kinds of traffic: the n-th batch of records. */
const kinds = {
  // 50 roles that invoke 4 models, with one call in 20 refused.
  calls: (from: number) =>
    batch(
      ...times(atOnce, (n) =>
        called(second(from + n), n % 3 ? 'Converse' : 'InvokeModel', {
          role: `app-${n % 50}`,
          requestParameters: { modelId: `anthropic.model-${n % 4}` },
          ...(n % 20 === 0 && { errorCode: 'ThrottlingException' }),
        }),
      ),
    ),
  // 100 end users of one application, with their tokens and guardrail results.
  log: (from: number) =>
    subscription(
      ...times(atOnce, (n) => logged(second(from + n), { requestMetadata: { userId: `u-${n % 100}` } })),
    ),
  // One role that invokes one model as fast as possible.
  flood: (from: number) => batch(...times(atOnce, (n) => called(second(from + n), 'InvokeModel'))),
}

const second = (record: number) => Math.floor((record * apart) / 1000)

interface Cost {
  kind: string
  records: number
  records_per_s: number
  /** Of this process: the function and its SDK. */
  cpu_us_per_record: number
  writes: number
  reads: number
  puts: number
  told: number
  /** The most memory held between two batches. */
  heap_mb: number
}

/** Calls made so far, by their names: `UpdateItem`. */
const made = new Map<string, number>()
subscribe('http.client.request.start', (message) => {
  const target = (message as { request: ClientRequest }).request.getHeader('x-amz-target')
  const name = String(target).split('.').at(-1) ?? ''
  made.set(name, (made.get(name) ?? 0) + 1)
})

async function measure(site: Site, kind: keyof typeof kinds, records: number): Promise<Cost> {
  await site.reset()
  made.clear()
  let [micros, millis, heap] = [0, 0, 0]
  for (let from = 0; from < records; from += atOnce) {
    const input = kinds[kind](from)
    const [cpu, start] = [process.cpuUsage(), performance.now()]
    await site.give(input)
    millis += performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    micros += user + system
    // Every tenth batch, because measuring costs more than the batch.
    if (from % (10 * atOnce) === 0) heap = Math.max(heap, used())
  }
  return {
    kind,
    records,
    records_per_s: Math.round((records / millis) * 1000),
    cpu_us_per_record: Math.round(micros / records),
    writes: made.get('UpdateItem') ?? 0,
    reads: made.get('Query') ?? 0,
    puts: made.get('PutEvents') ?? 0,
    told: (await site.heard()).length,
    heap_mb: Math.round(heap / 2 ** 20),
  }
}

/** Memory in use after garbage collection. */
function used(): number {
  global.gc?.()
  return process.memoryUsage().heapUsed
}

async function main(): Promise<number> {
  const options = {
    help: { type: 'boolean' },
    json: { type: 'boolean' },
    million: { type: 'boolean' },
  } as const
  const { values } = parseArgs({ options })
  if (values.help) {
    console.log(help)
    return 0
  }
  const site = await startSite()
  process.env.AWS_ENDPOINT_URL = site.endpoint
  const say = console.log
  // Logging is not part of the measurement.
  console.log = () => undefined
  const costs: Cost[] = []
  try {
    for (const records of [10_000, 100_000, ...(values.million ? [1_000_000] : [])])
      for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
        console.error(`${kind}: ${records} records …`)
        costs.push(await measure(site, kind, records))
      }
  } finally {
    await site.stop()
    console.log = say
  }
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
  if (values.json) say(JSON.stringify({ costs, at_once: atOnce, ...machine }))
  else {
    console.table(costs)
    say(`Node ${machine.node} on ${machine.cores} cores (${machine.cpu}), load ${machine.load}`)
  }
  return 0
}

process.exitCode = await main()
