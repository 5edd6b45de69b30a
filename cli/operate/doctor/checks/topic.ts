import {
  GetSubscriptionAttributesCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns'
import { sanitize } from '../../../../lib/text/sanitize.ts'
import type { StagePlace } from '../../stage/stage-place.ts'
import {
  type CheckCall,
  type DoctorCheck,
  type DoctorFinding,
  failedCheck,
  passedCheck,
  warningCheck,
} from '../check.ts'

export interface Subscription {
  arn: string
  protocol: string
  endpoint: string
}

export const subscriptions: DoctorCheck = {
  name: 'sns-confirmed',
  title: 'SNS',
  why: 'alarms notify only this topic, and SNS sends nothing to an unconfirmed address',
  fix: 'aws sns subscribe --topic-arn <topic> --protocol email --notification-endpoint <address>',
  deployed: true,
  async check(place) {
    const all = await subscriptionsOf(place)
    const waiting = all.filter(({ arn }) => arn === 'PendingConfirmation')
    const names = waiting.map(nameOf).join(', ')
    if (all.length === 0) return warningCheck('the topic has no subscriptions', subscribe(place))
    return waiting.length > 0
      ? warningCheck(
          `${names}: not confirmed`,
          'confirm it as described by portcullis doctor --fix sns-unsubscribe',
        )
      : passedCheck(`${all.length} subscribed and confirmed`)
  },
}

/**
 * The unsubscribe link in every SNS email works without a login, unless the subscription was confirmed with AWS
 * credentials and AuthenticateOnUnsubscribe; only a new confirmation changes that. Of a subscription, AWS returns only
 * whether its confirmation was authenticated. Source: SNS API reference, ConfirmSubscription and
 * GetSubscriptionAttributes.
 */
export const unsubscribe: DoctorCheck = {
  name: 'sns-unsubscribe',
  title: 'SNS mail',
  why: 'mail scanners open every link, which silently unsubscribes the address',
  fix: 'portcullis doctor --fix sns-unsubscribe     (AuthenticateOnUnsubscribe=true)',
  deployed: true,
  async check(place) {
    const mails = (await subscriptionsOf(place)).filter(isMail)
    return findingOf(mails, await looseOf(mails))
  },
  async fixCalls(place) {
    const topic = topicOf(place)
    const sns = new SNSClient({})
    const loose = await looseOf((await subscriptionsOf(place)).filter(isMail))
    return loose.flatMap(({ arn, endpoint }): CheckCall[] => [
      {
        says: `sns unsubscribe --subscription-arn ${arn}`,
        make: () => sns.send(new UnsubscribeCommand({ SubscriptionArn: arn })),
      },
      {
        says: `sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${sanitize(endpoint, 200)}
    SNS sends an email. Do not open its link: copy the token from it, then run
    aws sns confirm-subscription --topic-arn ${topic} --token <token> --authenticate-on-unsubscribe true`,
        make: () =>
          sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'email', Endpoint: endpoint })),
      },
    ])
  },
}

/** The finding for the subscribed addresses; `loose` are those that a link can unsubscribe. Pure. */
export function findingOf(mails: Subscription[], loose: Subscription[]): DoctorFinding {
  const names = loose.map(nameOf).join(', ')
  if (loose.length > 0) return failedCheck(`${names} can be unsubscribed by opening a link`)
  if (mails.length === 0) return passedCheck('no email address is subscribed')
  return passedCheck(
    'confirmed with credentials: unsubscribing needs them, too, if AuthenticateOnUnsubscribe was set',
  )
}

const isMail = ({ protocol, arn }: Subscription): boolean =>
  protocol.startsWith('email') && arn.startsWith('arn:')
const nameOf = ({ endpoint }: Subscription): string => sanitize(endpoint, 100)
const topicOf = ({ stack }: StagePlace): string => stack?.outputs.AlertsTopic ?? ''
const subscribe = (place: StagePlace): string =>
  `aws sns subscribe --topic-arn ${topicOf(place)} --protocol email --notification-endpoint <address>`

async function looseOf(mails: Subscription[]): Promise<Subscription[]> {
  const sns = new SNSClient({})
  const each = mails.map(async (one) => {
    const get = new GetSubscriptionAttributesCommand({ SubscriptionArn: one.arn })
    const { Attributes = {} } = await sns.send(get)
    return Attributes.ConfirmationWasAuthenticated === 'true' ? [] : [one]
  })
  return (await Promise.all(each)).flat()
}

async function subscriptionsOf(place: StagePlace): Promise<Subscription[]> {
  const asked = { TopicArn: topicOf(place) }
  const pages = await Array.fromAsync(paginateListSubscriptionsByTopic({ client: new SNSClient({}) }, asked))
  return pages
    .flatMap(({ Subscriptions = [] }) => Subscriptions)
    .map(({ SubscriptionArn = '', Protocol = '', Endpoint = '' }) => ({
      arn: SubscriptionArn,
      protocol: Protocol,
      endpoint: Endpoint,
    }))
}
