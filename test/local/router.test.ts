import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net'
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2'
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Router, startRouter } from '../../local/router.ts'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const at = (endpoint: string) => ({ endpoint, credentials, region: 'us-east-1', maxAttempts: 1 })
const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=a/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=b`,
})

const servers: Server[] = []
async function listen(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An upstream that says its name and what it was sent. */
const echo = (name: string) =>
  createServer(async (request, response) => {
    const body = await request.toArray()
    response.writeHead(418, { 'x-name': name })
    response.end(
      JSON.stringify({ name, method: request.method, url: request.url, body: Buffer.concat(body).length }),
    )
  })

let router: Router
beforeAll(async () => {
  router = await startRouter({ moto: await listen(echo('moto')), ministack: await listen(echo('ministack')) })
})
afterAll(async () => {
  await router.close()
  for (const server of servers) server.close()
})

it.each([
  ['ec2', 'moto'],
  ['iam', 'moto'],
  ['sts', 'moto'],
  ['ssm', 'ministack'],
  ['lambda', 'ministack'],
  ['events', 'ministack'],
  ['dynamodb', 'ministack'],
  ['apigateway', 'ministack'],
  ['s3', 'ministack'],
])('passes %s on to %s', async (service, emulator) => {
  const response = await fetch(router.url, { headers: signed(service) })
  expect([response.status, response.headers.get('x-name')]).toEqual([418, emulator])
})

it('changes neither method, path, query, status nor body', async () => {
  const body = Buffer.alloc(3_000_000)
  const response = await fetch(`${router.url}/a%2Fb?c=%20d`, { method: 'PUT', headers: signed('s3'), body })
  const name = 'ministack'
  expect(await response.json()).toEqual({ name, method: 'PUT', url: '/a%2Fb?c=%20d', body: body.length })
})

it('reads the service from a presigned URL, and knows the unsigned paths of functions', async () => {
  const scope = encodeURIComponent('key/20261121/us-east-1/s3/aws4_request')
  for (const path of [`/bucket/key?X-Amz-Credential=${scope}&X-Amz-Signature=b`, '/_aws/lambda-url/abc/']) {
    expect((await fetch(router.url + path)).headers.get('x-name')).toBe('ministack')
  }
})

it('refuses a service that is not in its table, naming the service and the file', async () => {
  const unknown = await fetch(router.url, { headers: signed('route53') })
  expect(unknown.status).toBe(501)
  expect(await unknown.json()).toMatchObject({
    message: expect.stringMatching(/"route53".*local\/router\.ts/),
  })
  const unsigned = await fetch(`${router.url}/analyzer`, { method: 'PUT', body: '{}' })
  expect([unsigned.status, await unsigned.text()]).toEqual([501, expect.stringContaining('not signed')])
})

it('refuses the services of an emulator that was not started', async () => {
  const { url, close } = await startRouter({})
  const listed = new SchedulerClient(at(url)).send(new ListSchedulesCommand({}))
  await expect(listed).rejects.toThrow(/"scheduler" is answered by ministack, which was not started/)
  await close()
})

it('names an emulator that has ended, in each protocol that the SDK reads', async () => {
  const gone = 'http://127.0.0.1:1024'
  const { url, close } = await startRouter({ moto: gone, ministack: gone })
  const calls = [
    new EC2Client(at(url)).send(new RunInstancesCommand({ MinCount: 1, MaxCount: 1 })),
    new IAMClient(at(url)).send(new ListRolesCommand({})),
    new SchedulerClient(at(url)).send(new ListSchedulesCommand({})),
  ]
  const gone502 = /does not answer at http.*ECONNREFUSED/
  await Promise.all(calls.map((call) => expect(call).rejects.toThrow(gone502)))
  await close()
})

it('forwards HTTP/2 to MiniStack', async () => {
  const opening = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
  const upstream = createTcpServer((socket) => socket.on('data', (data) => socket.end(`got ${data.length}`)))
  const { url, close } = await startRouter({ ministack: await listen(upstream) })
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8')
  socket.write(opening)
  expect((await socket.toArray()).join('')).toBe(`got ${opening.length}`)
  await close()
})

it('survives a caller that disconnects in the middle', async () => {
  const slow = createServer(() => {})
  const { url, close } = await startRouter({ moto: await listen(slow) })
  const left = fetch(url, { headers: signed('ec2'), signal: AbortSignal.timeout(100) })
  await expect(left).rejects.toThrow(/timeout/)
  expect((await fetch(url)).status).toBe(501)
  await close()
})
