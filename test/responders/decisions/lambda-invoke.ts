import { createServer } from 'node:http'
import { listen } from '../../../lib/loopback.ts'

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
  const { url, close } = await listen(server)
  return {
    url,
    calls,
    failure,
    close,
  }
}
