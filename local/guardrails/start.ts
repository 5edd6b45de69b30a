import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import { listen } from '../../lib/loopback.ts'
import { type StubRequest, stubAnswerOf } from './answer.ts'
import { emptyStore } from './store.ts'

export interface Guardrails {
  /** The address of Bedrock's control plane, including guardrails. */
  url: string
  /** Removes every guardrail. */
  reset(): void
  close(): Promise<void>
}

/**
 * Bedrock's guardrails and their enforcement, in front of an emulator that lacks them: moto 5.2.5 has neither, and
 * MiniStack 1.5.33 answers guardrails in a shape that the SDK cannot read and has no enforcement. Requests and responses
 * have the SDK's types. Every other request goes to the emulator, and every request first, because the emulator decides
 * whether the caller is authorized. Applies no guardrail to any text. Source: Bedrock API reference.
 */
export async function startGuardrails(emulator: string): Promise<Guardrails> {
  let store = emptyStore()
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = 'GET', url = '/', headers } = incoming
    const asked = { method, url, headers, body: Buffer.concat(chunks) }
    const passed = await forward(emulator, asked).catch(() => undefined)
    // The emulator closed the connection.
    if (!passed) return void outgoing.destroy()
    const answer = passed.status === 403 ? undefined : stubAnswerOf(asked, store)
    if (!answer) return void outgoing.writeHead(passed.status, passed.headers).end(passed.body)
    const [status, body, type] = answer
    const headersOut = { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) }
    outgoing.writeHead(status, headersOut).end(JSON.stringify(body))
  })
  // A kept connection that is closed here first looks to the caller like a dead one.
  server.keepAliveTimeout = 0
  const { url, close } = await listen(server)
  return {
    url,
    reset() {
      store = emptyStore()
    },
    close,
  }
}

const forward = (emulator: string, { method, url, headers, body }: StubRequest) =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const { hostname, port } = new URL(emulator)
    const onward = request({ hostname, port, method, path: url, headers }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      const { 'transfer-encoding': _, ...kept } = answer.headers
      resolve({ status: answer.statusCode ?? 502, headers: kept, body: Buffer.concat(chunks) })
    })
    onward.on('error', reject).end(body)
  })
