import { LogLevel, WebClient } from '@slack/web-api'
import { sanitize } from '../../../../lib/text/sanitize.ts'
import { type KnownParameters, readParameters } from '../../../../responders/channels/secrets.ts'
import { slackErrorCode } from '../../../../responders/channels/slack/call-slack.ts'
import {
  type DoctorCheck,
  type DoctorFinding,
  failedCheck,
  passedCheck,
  unknownCheck,
  warningCheck,
} from '../check.ts'

export const slackToken: DoctorCheck = {
  name: 'slack-token',
  title: 'Slack token',
  why: 'without it nothing is posted to Slack',
  fix: 'aws ssm put-parameter --overwrite --type SecureString --name /portcullis-<stage>/slack-token --value xoxb-…',
  deployed: true,
  async check({ prefix, stage }) {
    const it = await readParameters(prefix)
    if (!it.routing.slack)
      return unknownCheck(`not configured: infrastructure/stages/${stage}.json has no Slack`)
    const put = `aws ssm put-parameter --overwrite --type SecureString --name /${prefix}/slack-token --value xoxb-…`
    if (!it.token) return failedCheck(`the parameter /${prefix}/slack-token does not exist`, put)
    return ask(put, async () => {
      const { user, team } = await clientOf(it).auth.test()
      return passedCheck(`@${sanitize(user ?? 'bot', 60)} in ${sanitize(team ?? '', 60)}`)
    })
  },
}

export const slackChannels: DoctorCheck = {
  name: 'slack-channels',
  title: 'Slack',
  why: 'the bot can post only to channels it is a member of',
  fix: '/invite @portcullis in each channel',
  deployed: true,
  async check({ prefix, stage }) {
    const it = await readParameters(prefix)
    if (!it.routing.slack)
      return unknownCheck(`not configured: infrastructure/stages/${stage}.json has no Slack`)
    if (!it.token) return unknownCheck('cannot be checked: there is no token')
    const channels = [...new Set(it.routing.slack.routes.map(({ channel }) => channel))]
    const client = clientOf(it)
    const asked = channels.map((channel) => absence(client, channel))
    const absent = (await Promise.all(asked)).filter((one) => one !== undefined)
    return absent.length > 0
      ? warningCheck(`the bot is not in ${absent.join(', ')}`, '/invite @portcullis')
      : passedCheck(`the bot is in ${channels.join(', ')}`)
  },
}

/** The name of a channel that the bot is not in, else undefined. It cannot see private ones. Source: Slack, conversations.info. */
async function absence(client: WebClient, id: string): Promise<string | undefined> {
  try {
    const { channel } = await client.conversations.info({ channel: id })
    return channel?.is_member ? undefined : `#${sanitize(channel?.name ?? id, 80)}`
  } catch (error) {
    if (slackErrorCode(error) === 'channel_not_found') return `${id} (private, or does not exist)`
    throw error
  }
}

async function ask(fix: string, call: () => Promise<DoctorFinding>): Promise<DoctorFinding> {
  try {
    return await call()
  } catch (error) {
    const code = slackErrorCode(error)
    if (code) return failedCheck(`Slack rejects the token: ${code}`, fix)
    throw error
  }
}

const clientOf = ({ routing: { slack }, token }: KnownParameters): WebClient =>
  new WebClient(token, {
    timeout: 5_000,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
    ...(slack?.api && { slackApiUrl: slack.api }),
  })
