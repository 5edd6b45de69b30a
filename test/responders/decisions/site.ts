import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyEventV2, SQSBatchResponse } from 'aws-lambda'
import { vi } from 'vitest'
import { readIncident } from '../../../engine/journal/incidents.ts'
import { respond } from '../../../engine/respond.ts'
import type { Rule } from '../../../engine/rule.ts'
import { handler as decisionIntake } from '../../../functions/decision-intake.ts'
import { handler as decisionWorker } from '../../../functions/decision-worker.ts'
import { forgetParameters } from '../../../responders/channels/secrets.ts'
import type { HttpReply } from '../../../responders/decisions/intake/reply.ts'
import type { Order } from '../../../responders/decisions/order.ts'
import type { OrderAnswer } from '../../../responders/decisions/order-answer.ts'
import { makeProof } from '../../../responders/decisions/proof/sts-proof.ts'
import { type Cloud, prefix, region, startCloud } from '../../cloud.ts'
import { opened, ruleOf } from '../../laws/steps.ts'
import { scene } from '../../scenes/identity/revoke-sessions.ts'
import { openInvoke } from './lambda-invoke.ts'

export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5'
export const host = 'review.example.com'
export { region }

const person = (name: string, slack: string) => ({
  name,
  email: `${name}@example.com`,
  slack,
  iam: [`arn:aws:iam::123456789012:user/${name}`],
})

/** maria and lee may decide; sam may read. */
export const routingFixture = (slack?: { api: string; channel: string; users: Record<string, string> }) => ({
  people: ['maria', 'lee', 'sam'].map((name, at) => person(name, slack?.users[name] ?? `U00000000${at + 2}`)),
  groups: { 'sec-oncall': { members: ['maria', 'lee'] } },
  approvers: ['sec-oncall'],
  ...(slack && { slack: { api: slack.api, routes: [{ channel: slack.channel, from: 'low' }] } }),
  mail: { sender: 'portcullis@example.com', routes: [{ to: ['sec-oncall'], from: 'low' }] },
  sns: { from: 'low' },
})

/** Both decision functions with what they call: an account, a playbook's real handler, one incident about a role. */
export async function startSite() {
  const cloud: Cloud = await startCloud()
  let rule: Partial<Rule> = {}
  // The rule is read at each call, because a test may change it.
  const playbookHandler = (input: unknown) => respond(scene.playbook, [ruleOf(scene.playbook, rule)])(input)
  const lambda = await openInvoke({ [`${prefix}-revoke-sessions`]: playbookHandler })
  process.env.AWS_ENDPOINT_URL_LAMBDA = lambda.url
  const [kms, sqs, ssm, ses, iam] = [
    new KMSClient({}),
    new SQSClient({}),
    new SSMClient({}),
    new SESv2Client({}),
    new IAMClient({}),
  ]
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  let QueueUrl = ''

  return {
    cloud,
    invoked: lambda.calls,
    /** Whether invocations of the playbook's function break. */
    lambda: lambda.failure,
    /** A new account with people, secrets, key and queue, and without incidents. */
    async reset(routing: object = routingFixture()) {
      rule = {}
      await cloud.reset()
      forgetParameters()
      const attributes = { FifoQueue: 'true', VisibilityTimeout: '90' }
      const parameters = { stage: JSON.stringify(routing), 'slack-signing-secret': signingSecret }
      const [key, queue] = await Promise.all([
        kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })),
        sqs.send(new CreateQueueCommand({ QueueName: `${prefix}-decisions.fifo`, Attributes: attributes })),
        ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'portcullis@example.com' })),
        ...Object.entries({ ...parameters, 'slack-token': 'xoxb-local-portcullis' }).map(([name, Value]) =>
          ssm.send(new PutParameterCommand({ Name: `/${prefix}/${name}`, Value, Type: 'String' })),
        ),
      ])
      QueueUrl = queue.QueueUrl ?? ''
      lambda.calls.length = 0
      vi.stubEnv('PORTCULLIS_LINK_KEY', key.KeyMetadata?.KeyId ?? '')
      vi.stubEnv('PORTCULLIS_DECISIONS', QueueUrl)
    },
    /** Delivers an event about the role under the given ceiling, and returns the incident. */
    async happens(ceiling: 'approve' | 'contain' = 'approve', more: Partial<Rule> = {}) {
      rule = more
      vi.stubEnv('PORTCULLIS_CEILING', ceiling)
      const play = await opened(cloud, scene, await scene.build(), playbookHandler as never)
      const { outcome, error } = await play.deliver(play.event())
      if (error) throw error
      return {
        play,
        id: outcome?.incident ?? '',
        containment: outcome?.containment ?? '',
        plan: outcome?.plan?.hash ?? '',
      }
    },
    incident: async (id: string) => readIncident(id, prefix),
    /** Every item of the journal. */
    async scan() {
      const { Items = [] } = await documents.send(
        new ScanCommand({ TableName: prefix, ConsistentRead: true }),
      )
      return Items.sort((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1))
    },
    /** Puts an order into the queue. */
    async put(order: object) {
      const id = randomUUID()
      const MessageBody = JSON.stringify(order)
      await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: id, MessageDeduplicationId: id }),
      )
    },
    /** The messages in the queue; they stay there. */
    async queued(): Promise<Message[]> {
      const all: Message[] = []
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        )
        if (Messages.length === 0) return all
        all.push(...Messages)
      }
    },
    /** Delivers the messages in the queue to the decision worker, as Lambda does. */
    async deliver(): Promise<SQSBatchResponse> {
      const messages = await this.queued()
      const Records = messages.map(({ MessageId: messageId, ReceiptHandle: receiptHandle, Body: body }) => ({
        messageId,
        receiptHandle,
        body,
      }))
      const answer = (await decisionWorker({ Records })) as SQSBatchResponse
      for (const { MessageId, ReceiptHandle } of messages)
        if (!answer.batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === MessageId))
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
      return answer
    },
    /** The mails that were sent, newest last. */
    async mails(): Promise<{ body: string; subject: string; destinations: { ToAddresses: string[] } }[]> {
      const data = await fetch(`${process.env.AWS_ENDPOINT_URL}/moto-api/data.json`)
      return ((await data.json()) as { ses: { Message: never[] } }).ses.Message
    },
    /** Gives this process a person's AWS credentials. */
    async become(name: string) {
      await iam.send(new CreateUserCommand({ UserName: name })).catch(() => undefined)
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
      vi.stubEnv('AWS_ACCESS_KEY_ID', AccessKey?.AccessKeyId ?? '')
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', AccessKey?.SecretAccessKey ?? '')
    },
    /** Sends an order with this process's credentials directly to the decision worker. */
    async command(wish: Omit<Order, 'id' | 'at' | 'claim'>): Promise<OrderAnswer> {
      const order = {
        id: randomUUID(),
        at: new Date().toISOString(),
        ...wish,
        claim: { how: 'iam' as const },
      }
      const proof = await makeProof(order, { region })
      return (await decisionWorker({ ...order, claim: { how: 'iam', proof } })) as OrderAnswer
    },
    async stop() {
      await lambda.close()
      await cloud.stop()
    },
  }
}

export type Site = Awaited<ReturnType<typeof startSite>>

/** Sends a request as API Gateway does. Source: API Gateway, payload format version 2.0. */
export function ask(
  method: string,
  path: string,
  {
    headers = {},
    body,
    base64 = false,
  }: { headers?: Record<string, string>; body?: string; base64?: boolean } = {},
): Promise<HttpReply> {
  const [rawPath = '', rawQueryString = ''] = path.split('?')
  return decisionIntake({
    version: '2.0',
    routeKey: `${method} ${rawPath}`,
    rawPath,
    rawQueryString,
    headers: { host, ...headers },
    requestContext: { domainName: host, http: { method, path: rawPath } },
    ...(body !== undefined && { body: base64 ? Buffer.from(body).toString('base64') : body }),
    isBase64Encoded: base64,
  } as unknown as APIGatewayProxyEventV2)
}

/** Sends a form as a browser does from the page itself. */
export const sendForm = (
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  ask('POST', path, {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  })
