import http from 'node:http'
import net, { type AddressInfo } from 'node:net'

export type EmulatorName = 'moto' | 'ministack'

/** The services of each emulator, by their names in the SigV4 credential scope. Any other service is answered 501. */
const services: Record<EmulatorName, string[]> = {
  moto: [
    'autoscaling',
    'config',
    'ec2',
    'ecr',
    'elasticloadbalancing',
    'guardduty',
    'iam',
    'lakeformation',
    'network-firewall',
    'organizations',
    'sagemaker',
    'securityhub',
    'sts', // roles live in IAM: only moto knows whose session an assumed role's credentials are
    'wafv2',
  ],
  ministack: [
    'apigateway', // v1 and v2; moto ignores the removal of a throttle and has no v2 UpdateStage
    'bedrock', // and bedrock-runtime, bedrock-agent, which sign as bedrock
    'cloudformation',
    'cloudtrail',
    'cognito-idp',
    'dynamodb', // and its streams
    'events',
    'kms',
    'lambda',
    'logs',
    'monitoring',
    's3',
    'scheduler',
    'secretsmanager',
    'ses',
    'sns',
    'sqs',
    'ssm', // the stack's parameter is made by its CloudFormation
    'states',
  ],
}

const emulatorOf = new Map(
  Object.entries(services).flatMap(([emulator, names]) =>
    names.map((name) => [name, emulator as EmulatorName] as const),
  ),
)

/** The emulators' addresses. Read at each request, so that an emulator may start after its router. */
export type Upstreams = { [name in EmulatorName]?: string }

export interface Router {
  url: string
  close(): Promise<void>
}

/**
 * Starts one loopback address for both emulators. Answers 501 for a service outside the table and 502 for an emulator
 * that has ended, both as an error that the SDK can read and that says what to do. Forwards everything else unchanged.
 */
export async function startRouter(upstreams: Upstreams): Promise<Router> {
  // Shorter than MiniStack's 75 s, so that no request goes to a socket that MiniStack is closing.
  const agent = new http.Agent({ keepAlive: true, timeout: 60_000 })
  const server = http.createServer((request, response) => {
    const target = targetOf(request, upstreams)
    if ('refused' in target) return answer(request, response, 501, 'NotImplemented', target.refused)
    const { url, emulator } = target
    const { method, url: path, headers } = request
    const { hostname, port } = new URL(url)
    const onward = http.request({ hostname, port, method, path, headers, agent }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.on('error', () => response.destroy()).pipe(response)
    })
    onward.on('error', (error: NodeJS.ErrnoException) => {
      const gone = `${emulator} does not answer at ${url} (${error.code ?? error.message}). If it has ended, run the command again.`
      if (response.headersSent) response.destroy()
      else answer(request, response, 502, 'BadGateway', gone)
    })
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  })
  server.requestTimeout = 0

  const sockets = new Set<net.Socket>()
  const door = net.createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)))
    socket.on('error', () => socket.destroy())
    socket.once('data', (first) => {
      socket.pause().unshift(first)
      if (first.subarray(0, 4).toString() === 'PRI ') return tunnel(socket, upstreams.ministack)
      server.emit('connection', socket)
      socket.resume()
    })
  })
  await new Promise<void>((resolve, reject) => door.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        door.close(() => resolve())
        for (const socket of sockets) socket.destroy()
        agent.destroy()
      }),
  }
}

type Target = { url: string; emulator: EmulatorName } | { refused: string }

function targetOf({ headers, url = '/' }: http.IncomingMessage, upstreams: Upstreams): Target {
  // Requests to function URLs and API stages are unsigned; they have MiniStack's own path prefix.
  const service = url.startsWith('/_aws/') ? 'lambda' : serviceOf(headers.authorization, url)
  if (!service)
    return { refused: 'The request is not signed, so it names no service. Sign it (SigV4, any key).' }
  const emulator = emulatorOf.get(service)
  if (!emulator) {
    return { refused: `No emulator for the service "${service}". If one has it, add it in local/router.ts.` }
  }
  const upstream = upstreams[emulator]
  return upstream
    ? { url: upstream, emulator }
    : {
        refused: `"${service}" is answered by ${emulator}, which was not started (local/emulators.ts: only).`,
      }
}

/** The service in a credential scope `key/date/region/service/aws4_request`: a header, or a presigned URL's query. */
function serviceOf(authorization = '', url: string) {
  const presigned = /[?&]X-Amz-Credential=([^&]*)/i.exec(url)?.[1] ?? ''
  const scope = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? presigned.replace(/%2F/gi, '/')
  return /\/([a-z0-9-]+)\/aws4_request$/.exec(scope)?.[1]
}

/** Answers an error as JSON, or as XML for the query protocol (EC2, IAM, STS …), whose callers cannot parse JSON. */
function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  status: number,
  type: string,
  why: string,
) {
  request.resume()
  const xml = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const error = `<Error><Code>${type}</Code><Message>${why.replace(/[<>&]/g, ' ')}</Message></Error>`
  response.writeHead(status, {
    'content-type': xml ? 'text/xml' : 'application/json',
    'x-amzn-errortype': type,
  })
  // EC2 reads `Errors`, the other query services read `Error`.
  response.end(
    xml
      ? `<Response>${error}<Errors>${error}</Errors></Response>`
      : JSON.stringify({ __type: type, message: why }),
  )
}

/** Forwards HTTP/2, which node:http cannot read: the SDK uses it for Bedrock Runtime only, which only MiniStack has. */
function tunnel(socket: net.Socket, ministack: string | undefined) {
  if (!ministack) return socket.destroy()
  const { hostname, port } = new URL(ministack)
  const upstream = net.connect(Number(port), hostname)
  upstream.on('error', () => socket.destroy()).on('close', () => socket.destroy())
  socket.on('close', () => upstream.destroy())
  return socket.pipe(upstream).pipe(socket)
}
