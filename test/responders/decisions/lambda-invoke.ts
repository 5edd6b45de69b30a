import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Handler = (input: unknown) => Promise<unknown>

/**
 * Lambda's Invoke on loopback for handlers in this process: moto runs functions in Docker only, and these tests check
 * what the real handlers answer. Calls arrive as the SDK sends them.
 */
export async function openInvoke(functions: Record<string, Handler>) {
  const calls: { name: string; input: unknown }[] = []
  const failure = { breaksConnection: false }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const name = decodeURIComponent(/functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1] ?? '')
    const input = JSON.parse(Buffer.concat(chunks).toString() || 'null')
    calls.push({ name, input })
    // The connection breaks before the handler runs.
    if (failure.breaksConnection) return void response.destroy()
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
    failure,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
