import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Handler = (input: unknown) => Promise<unknown>

/**
 * Lambda's Invoke on loopback for functions of this process: moto runs functions in Docker only, and what is to be
 * proven here is what the real doors answer. Calls arrive as SDKs send them.
 */
export async function openInvoke(functions: Record<string, Handler>) {
  const calls: { name: string; input: unknown }[] = []
  const mood = { dies: false }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const name = decodeURIComponent(/functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1] ?? '')
    const input = JSON.parse(Buffer.concat(chunks).toString() || 'null')
    calls.push({ name, input })
    // The connection breaks before anything is done.
    if (mood.dies) return void response.destroy()
    const run = functions[name]
    if (!run)
      return void response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}')
    try {
      response.end(JSON.stringify(await run(input)))
    } catch (error) {
      response.writeHead(200, { 'x-amz-function-error': 'Unhandled' })
      response.end(JSON.stringify({ errorMessage: String(error) }))
    }
  })
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    mood,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
