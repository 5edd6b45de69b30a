import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { Containment } from '../../engine/journal/record.ts'
import { submit } from '../../local/slack/click.ts'
import { press } from '../../local/slack/press.ts'
import type { StoredMessage } from '../../local/slack/start.ts'
import { type Site, until } from './site.ts'

/** What responders see of one incident on the deployed stack, and do about it. */
export interface Watched {
  role: string
  incident: string
  containment(): Promise<Containment | undefined>
  comes(status: Containment['status']): Promise<Containment>
  /** The incident's only message, once its text matches. */
  message(says: RegExp): Promise<StoredMessage>
  thread(): Promise<string[]>
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

/** A finding about a stolen session of a new role: severity high, and a person must approve. */
export async function stolen(site: Site, role: string): Promise<Watched> {
  const { Role } = await new IAMClient({}).send(
    new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: trust }),
  )
  const event = structuredClone(site.attack('prompt-injection').events[0])
  if (!event) throw new Error('The attack prompt-injection has no event.')
  const detail = event.detail as unknown as { type: string; resource: { accessKeyDetails: object } }
  detail.type = 'UnauthorizedAccess:IAMUser/TorIPCaller'
  Object.assign(detail.resource.accessKeyDetails, {
    userName: role,
    principalId: `${Role?.RoleId}:chat`,
    accessKeyId: `ASIA${role.replaceAll('-', '').toUpperCase()}`.padEnd(20, '0').slice(0, 20),
  })
  await site.put(event)
  const containment = async () => (await site.containments()).find(({ target }) => target.roleName === role)
  const first = await until(containment, (one) => one !== undefined)
  const incident = first?.incident ?? ''
  const { slack } = site.responders
  // In a flood, messages are replies to one message that counts them.
  const all = async () => {
    const top = (await Promise.all(Object.values(slack.channels).map((one) => slack.messages(one)))).flat()
    const floods = top.filter(({ text, reply_count }) => reply_count && !text.includes('inc-'))
    const below = await Promise.all(floods.map(({ channel, ts }) => slack.replies(channel, ts)))
    return [...top, ...below.flat()]
  }
  return {
    role,
    incident,
    containment,
    comes: async (status) => (await until(containment, (one) => one?.status === status)) as Containment,
    async message(says) {
      const found = await until(
        // In a flood, changes are further replies, which have no blocks.
        async () => (await all()).filter(({ text, blocks }) => blocks && text.includes(incident)),
        (messages) => messages.some(({ text }) => says.test(text)),
      )
      if (found.length !== 1) throw new Error(`${incident} has ${found.length} messages.`)
      return found[0] as StoredMessage
    },
    async thread() {
      const [message] = (await all()).filter(({ text }) => text.includes(incident))
      return message ? (await slack.replies(message.channel, message.ts)).map(({ text }) => text) : []
    },
  }
}

const appOf = ({ responders: { api, signingSecret } }: Site) => ({ url: `${api}/slack`, signingSecret })

/** Presses a button of an incident's message and returns the answer to Slack. */
export const pressed = (
  site: Site,
  message: StoredMessage,
  verb: string,
  who: string,
  more: Partial<Parameters<typeof press>[4]> = {},
) => press(site.responders.slack, message, verb, who, { ...appOf(site), ...more })

/** Waits for the form that a press opened, fills it in and submits it. */
export async function filledIn(
  site: Site,
  verb: string,
  who: 'maria' | 'lee',
  values: Record<string, string>,
  says = /./,
) {
  const { slack } = site.responders
  const open = async () =>
    slack
      .views()
      .filter(({ private_metadata }) => private_metadata.includes(`"verb":"${verb}"`))
      .at(-1)
  const ready = await until(open, (view) => {
    const isForm = view?.blocks.some(({ type }) => type === 'input') ?? false
    return isForm && says.test(JSON.stringify(view?.blocks))
  })
  if (!ready) throw new Error('No form was opened.')
  return {
    view: ready,
    sent: await submit({ slack, ...appOf(site), user: slack.users[who] ?? '', view: ready, values }),
  }
}

/** Approves as maria on the command line, with the credentials of her role. */
export async function decidedByCommand(incident: string, plan: string) {
  const RoleName = 'PlatformSec'
  await new IAMClient({})
    .send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
    .catch((error) => {
      if (!/EntityAlreadyExists/.test(error.name)) throw error
    })
  const RoleArn = `arn:aws:iam::123456789012:role/${RoleName}`
  const { Credentials: keys } = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'maria' }),
  )
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: keys?.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey,
    AWS_SESSION_TOKEN: keys?.SessionToken,
  }
  const args = [
    'cli/portcullis.ts',
    'approve',
    incident,
    '--plan',
    plan.slice(0, 7),
    '--yes',
    '--stage',
    'local',
    '--json',
  ]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, out, err }
}
