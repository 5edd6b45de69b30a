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

/** Those who are told and decide, on this machine: a Slack, an inbox, and the address of their review pages. */
export interface Responders {
  slack: LocalSlack
  signingSecret: string
  /** Where the stack's API answers. */
  api: string
  mails(): Promise<ReceivedMail[]>
  /** A page that shows the mails. */
  mailPage: string
  stop(): Promise<void>
}

/** An inbox that is listened to before anything is sent. */
export type Mailbox = HeaderKeeper & { env: Record<string, string> }

/** What must be there before MiniStack starts: it gives its environment to every function. */
export async function openMail(emulators: () => Emulators | undefined): Promise<Mailbox> {
  const keeper = await keepHeaders(() => emulators()?.url ?? '')
  return { ...keeper, env: { AWS_ENDPOINT_URL_SESV2: keeper.url } }
}

/**
 * Starts Slack and the inbox, and tells the deployed stack of them as people tell a real one: the stage's file with
 * the ids that Slack gave, the bot's token and the signing secret as parameters.
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

/** The reviewed file, with the ids that this Slack made and the address that this API has. */
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
