import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Fault, faulty, type Named, nameOf, type Reply, type Request } from './wire.ts'

/** One call, from its arrival at the tap to its answer. Status 0: it got no answer. */
export interface Call extends Named {
  start: number
  end: number
  status: number
  body: string
}

/** Selects calls: by action (`iam:AttachRolePolicy`), or by a predicate. */
export type Which = string | ((call: Call) => boolean)

export interface Tap {
  /** The value for `AWS_ENDPOINT_URL`. */
  url: string
  /** Runs a function and returns the calls made meanwhile, in order of arrival, whether it resolves or rejects. */
  during<T>(run: () => Promise<T>): Promise<{ calls: Call[]; result: PromiseSettledResult<T> }>
  /**
   * Simulates the caller's death: `after` more calls are answered, every later one finds a closed connection. With
   * `'unheard'` the next one still reaches the cloud, but its answer is lost.
   */
  cut(after: number, last?: 'unsent' | 'unheard'): void
  /** The cloud answers these calls with a fault, or not at all, so many times (by default always) or until `mend`. */
  answer(which: Which, fault: Fault | 'no answer', times?: number): void
  /** Holds the first of these calls: `arrived` resolves when it is here, `letGo` forwards it. */
  hold(which: Which): { arrived: Promise<void>; letGo(): void }
  /** Resolves when this many more calls have arrived. */
  reached(calls: number): Promise<void>
  /** Delays every call by this long before it is forwarded. */
  delay(milliseconds: number): void
  /** Ends cuts, faults, holds and delays, once no call is in progress. */
  mend(): Promise<void>
  close(): Promise<void>
}

/**
 * A loopback proxy in front of an emulator that records every call and fails those it is told to fail. `elsewhere` gives
 * other upstreams, by a service's IAM prefix.
 */
export async function openTap(upstream: string, elsewhere: Record<string, string> = {}): Promise<Tap> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const calls: Call[] = []
  let faults: { which: Which; fault: Fault | 'no answer'; times: number }[] = []
  let holds: { which: Which; arrived(): void; gone: Promise<void>; letGo(): void }[] = []
  let awaited: { count: number; reached(): void }[] = []
  let left = Number.POSITIVE_INFINITY
  let unheard = false
  let pause = 0
  let underWay = 0
  let waiting = 0

  const server = createServer(async (incoming, outgoing) => {
    underWay++
    const start = performance.now()
    const chunks: Buffer[] = []
    try {
      for await (const chunk of incoming) chunks.push(chunk)
      const { method = 'GET', url = '/', headers } = incoming
      const asked: Request = { method, url, headers, body: Buffer.concat(chunks) }
      const call: Call = { ...nameOf(asked), start, end: start, status: 0, body: asked.body.toString() }
      const reply = await pass(asked, call)
      call.end = performance.now()
      if (!reply) return void outgoing.destroy()
      call.status = reply.status
      outgoing.writeHead(reply.status, reply.headers).end(reply.body)
    } catch {
      // The caller or the emulator closed its connection.
      outgoing.destroy()
    } finally {
      underWay--
    }
  })

  async function pass(asked: Request, call: Call): Promise<Reply | undefined> {
    if (left <= 0) {
      if (!unheard) return undefined
      unheard = false
      calls.push(call)
      await inTurn(() => forward(asked))
      return undefined
    }
    left--
    calls.push(call)
    for (const one of awaited) if (--one.count === 0) one.reached()
    const held = holds.find(({ which }) => is(call, which))
    if (held) {
      holds = holds.filter((one) => one !== held)
      held.arrived()
      waiting++
      await held.gone
      waiting--
    }
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
    const found = faults.find(({ which, times }) => times > 0 && is(call, which))
    if (found) found.times--
    if (found) return found.fault === 'no answer' ? undefined : faulty(call, found.fault)
    return call.service === 'dynamodb' ? inTurn(() => forward(asked)) : forward(asked)
  }

  // moto 5.2.5 checks a condition and then writes without a lock, so two concurrent conditional writes may both succeed,
  // which DynamoDB excludes. Sent one after the other they behave as DynamoDB's do.
  let turn: Promise<unknown> = Promise.resolve()
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = turn.then(run)
    turn = mine.catch(() => undefined)
    return mine
  }

  const forward = ({ method, url, headers, body }: Request): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const { service } = nameOf({ method, url, headers, body })
      const { hostname, port } = new URL(elsewhere[service] ?? upstream)
      const onward = request({ hostname, port, method, path: url, headers, agent }, async (answer) => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk)
        const { 'transfer-encoding': _, ...kept } = answer.headers
        resolve({ status: answer.statusCode ?? 502, headers: kept, body: Buffer.concat(chunks) })
      })
      onward.on('error', reject).end(body)
    })

  async function quiet() {
    // Twice in a row: calls that the dead caller had already sent arrive in between.
    for (let still = 0; still < 2; still = underWay === waiting ? still + 1 : 0)
      await new Promise((resolve) => setTimeout(resolve, 2))
  }

  // Never closes an idle connection: to the caller that would look like a failed call.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async during(run) {
      const from = calls.length
      const [result] = await Promise.allSettled([run()])
      await quiet()
      return {
        calls: calls.slice(from),
        result: result as PromiseSettledResult<Awaited<ReturnType<typeof run>>>,
      }
    },
    cut(after, last = 'unsent') {
      left = after
      unheard = last === 'unheard'
    },
    answer: (which, fault, times = Number.POSITIVE_INFINITY) => void faults.push({ which, fault, times }),
    hold(which) {
      const arrival = Promise.withResolvers<void>()
      const departure = Promise.withResolvers<void>()
      holds.push({ which, arrived: arrival.resolve, gone: departure.promise, letGo: departure.resolve })
      return { arrived: arrival.promise, letGo: departure.resolve }
    },
    reached: (count) =>
      count <= 0 ? Promise.resolve() : new Promise((resolve) => awaited.push({ count, reached: resolve })),
    delay(milliseconds) {
      pause = milliseconds
    },
    async mend() {
      for (const one of holds) one.letGo()
      await quiet()
      faults = []
      holds = []
      awaited = []
      left = Number.POSITIVE_INFINITY
      unheard = false
      pause = 0
    },
    async close() {
      server.closeAllConnections()
      agent.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const is = (call: Call, which: Which) => (typeof which === 'string' ? call.action === which : which(call))
