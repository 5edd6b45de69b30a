import { randomBytes } from 'node:crypto'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import stage from '../infrastructure/stages/local.json' with { type: 'json' }
import { StackName } from './deploy.ts'
import type { Emulators } from './emulators.ts'
import { type ReceivedMail, readBox } from './mail/box.ts'
import { type HeaderKeeper, keepHeaders } from './mail/headers.ts'
import { serveMail } from './mail/serve.ts'
import { verifyDomain } from './mail/verify.ts'
import { type LocalSlack, startSlack } from './slack/start.ts'

/** The responders' channels on this machine: Slack, an inbox, and the address of the review pages. */
export interface Responders {
  slack: LocalSlack
  signingSecret: string
  /** Base URL of the stack's API. */
  api: string
  mails(): Promise<ReceivedMail[]>
  /** URL of a page that shows the mails. */
  mailPage: string
  stop(): Promise<void>
}

/** An inbox that records mail headers from the first message on. */
export type Mailbox = HeaderKeeper & { env: Record<string, string> }

/** Must run before MiniStack starts, because MiniStack passes its environment to every function. */
export async function openMail(emulators: () => Emulators | undefined): Promise<Mailbox> {
  const keeper = await keepHeaders(() => emulators()?.url ?? '')
  return { ...keeper, env: { AWS_ENDPOINT_URL_SESV2: keeper.url } }
}

/**
 * Starts Slack and the inbox, and configures the deployed stack for them as people configure a real one: the routing
 * file with the ids that Slack gave, and the bot's token and the signing secret as parameters.
 */
export async function startResponders(
  emulators: Emulators,
  apiId: string,
  headers: HeaderKeeper,
): Promise<Responders> {
  const slack = await startSlack()
  const signingSecret = randomBytes(16).toString('hex')
  const api = `${emulators.url}/_aws/execute-api/${apiId}/$default`
  const ssm = new SSMClient({})
  const put = (name: string, Value: string, Type: 'String' | 'SecureString') =>
    ssm.send(new PutParameterCommand({ Name: `/${StackName}/${name}`, Value, Type, Overwrite: true }))
  await Promise.all([
    put('stage', JSON.stringify(stageOf(slack, api)), 'String'),
    put('slack-token', slack.token, 'SecureString'),
    put('slack-signing-secret', signingSecret, 'SecureString'),
    verifyDomain('example.com'),
  ])
  const mails = () => readBox(emulators.ministack, headers.headersOf)
  const page = await serveMail(mails)
  return {
    slack,
    signingSecret,
    api,
    mails,
    mailPage: page.url,
    stop: async () => void (await Promise.all([slack.stop(), page.close(), headers.close()])),
  }
}

/** The reviewed routing file, with the ids of this Slack and the address of this API. */
function stageOf({ api, users, channels }: LocalSlack, review: string) {
  const [high, low] = [channels['sec-oncall'], channels['sec-feed']]
  return {
    ...stage,
    review,
    people: stage.people.map((person) => ({ ...person, slack: users[person.name as keyof typeof users] })),
    slack: {
      api,
      routes: stage.slack.routes.map((route) => ({ ...route, channel: route.from === 'high' ? high : low })),
    },
  }
}
