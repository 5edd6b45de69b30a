import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Emulators, startEmulators } from '../local/emulators.ts'

// AWS's own policies and thousands of images: with them each reset, and the call after it, takes a second.
const env = { MOTO_IAM_LOAD_MANAGED_POLICIES: 'false', MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' }
const lenderUrl = 'PORTCULLIS_TEST_MOTO_LENDER'

/**
 * Lends emulators to test files, one file after the other, as many as run at the same time: an emulator takes longer
 * to start and to load its services than most test files take. Vitest calls this once per run; no emulator starts
 * before a test file asks.
 */
export default async function lend(): Promise<() => Promise<void>> {
  const started: Promise<Emulators<'moto'>>[] = []
  const idle: Promise<Emulators<'moto'>>[] = []
  const server = createServer(async (_request, response) => {
    const lent = idle.pop() ?? startEmulators({ only: 'moto', env })
    if (!started.includes(lent)) started.push(lent)
    // The connection closes whichever way the borrower's process ends.
    response.on('close', () => idle.push(lent))
    try {
      response.write(`${(await lent).moto}\n`)
    } catch (error) {
      response.writeHead(503).end(String(error))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.env[lenderUrl] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async () => {
    server.closeAllConnections()
    server.close()
    await Promise.allSettled(started.map(async (one) => (await one).stop()))
  }
}

/** An emulator in the state in which its last borrower left it. Starts one where none is lent, as outside Vitest. */
export async function borrowMoto(): Promise<{ url: string; giveBack(): Promise<void> }> {
  const lender = process.env[lenderUrl]
  if (!lender) {
    const { moto, stop } = await startEmulators({ only: 'moto', env })
    return { url: moto, giveBack: stop }
  }
  const request = get(lender)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  if (response.statusCode !== 200) throw new Error(await text(response))
  const [url] = await once(response, 'data')
  response.on('error', () => {}) // the connection that `giveBack` closes
  return { url: String(url).trim(), giveBack: async () => void request.destroy() }
}
