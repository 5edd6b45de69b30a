import { createServer } from 'node:http'
import { IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { listen } from '../../../lib/loopback.ts'
import { denyInference } from '../../../playbooks/identity/deny-inference.ts'
import { denySession } from '../../../playbooks/identity/deny-session.ts'
import { disableAccessKey } from '../../../playbooks/identity/disable-access-key.ts'
import { PolicyQuotaError } from '../../../playbooks/identity/inline.ts'
import { revokeSessions } from '../../../playbooks/identity/revoke-sessions.ts'

// moto 5.2.5 and MiniStack 1.5.33 have no quota for a principal's policies. This is the answer of AWS when it is
// reached: LimitExceeded with status 409, in IAM's query protocol (IAM API reference, PutUserPolicy).
let asked: string[] = []
const server = createServer(async (incoming, outgoing) => {
  const body = (await Array.fromAsync(incoming)).join('')
  const action = new URLSearchParams(body).get('Action') ?? ''
  asked.push(action)
  const full = /^(Put|Attach)/.test(action)
  const error = '<Type>Sender</Type><Code>LimitExceeded</Code><Message>Maximum policy size exceeded</Message>'
  const answer = full ? `<ErrorResponse><Error>${error}</Error></ErrorResponse>` : `<${action}Response/>`
  outgoing.writeHead(full ? 409 : 200, { 'content-type': 'text/xml' }).end(answer)
})
const { url: endpoint, close } = await listen(server)
afterAll(close)
beforeEach(() => {
  asked = []
})

const credentials = { accessKeyId: 'example', secretAccessKey: 'example' }
const clients = { iam: new IAMClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 }) }
const place = { account: '123456789012', region: 'us-east-1' }
const context = {
  containment: 'c-0',
  incident: 'inc-0',
  at: '2026-11-21T06:00:00Z',
  prefix: 'portcullis-test',
}
const roleName = 'rag-indexer'
const session = 'AROAEXAMPLEEXAMPLE01:mallory'
const sessions = '{}'

const writes = {
  'revoke-sessions': () => revokeSessions.write({ ...place, roleName }, { policy: '{}' }, clients, context),
  'deny-session': () =>
    denySession.write(
      { ...place, roleName, principalId: session },
      { session, policy: '{}' },
      clients,
      context,
    ),
  'deny-inference': () =>
    denyInference.write(
      { ...place, principal: `role/${roleName}` },
      { inference: 'denied' },
      clients,
      context,
    ),
}

test.each(Object.entries(writes))(
  '%s gives advice when the policy quota of the role is reached',
  async (name, write) => {
    const most =
      name === 'deny-inference' ? 'maximum number of managed policies attached' : '10,240 characters in total'
    const error = await write().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PolicyQuotaError)
    expect((error as PolicyQuotaError).message).toMatch(
      new RegExp(`^role/rag-indexer has .* ${most}\\. .* then retry\\.$`),
    )
  },
)

test('disable-access-key disables the key also when the policy quota of the user is reached', async () => {
  const state = { user: 'ci-deployer', status: 'Inactive' as const, sessions }
  const write = disableAccessKey.write(
    { ...place, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    state,
    clients,
    context,
  )
  await expect(write).rejects.toThrow(/user\/ci-deployer has too little space .* 2,048 characters in total\./)
  expect(asked.sort()).toEqual(['PutUserPolicy', 'UpdateAccessKey'])
})
