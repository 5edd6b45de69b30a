import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { Envelope } from './envelope.ts'

/** An event of AWS Health. Source: AWS Health User Guide, "EventBridge event schema". */
export type HealthEvent = Envelope<
  'aws.health',
  'AWS Health Event',
  {
    eventArn: string
    service: string
    eventTypeCode: string
    eventTypeCategory: 'issue' | 'accountNotification' | 'investigation' | 'scheduledChange'
    statusCode?: 'open' | 'closed' | 'upcoming'
    /** The account that the event is about. In an organization's view, the event is delivered to another account. */
    affectedAccount?: string
    affectedEntities: { entityValue: string }[]
  }
>

/** A security risk to the account that is still open. */
export const risk = (eventTypeCode: Pattern<HealthEvent['detail']>['eventTypeCode'] & {}) =>
  ({
    source: ['aws.health'],
    'detail-type': ['AWS Health Event'],
    detail: { service: ['RISK'], eventTypeCode, statusCode: ['open', { exists: false }] },
  }) as const

/** Event types that report credentials which others may have. */
export const exposure = [
  'AWS_RISK_CREDENTIALS_COMPROMISED',
  'AWS_RISK_CREDENTIALS_EXPOSED',
  'AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED',
] as const

/** The long-term access keys that the event names, with the account that owns them. */
export const exposedIn = ({ affectedEntities, affectedAccount }: HealthEvent['detail']) =>
  affectedEntities
    .filter(({ entityValue }) => entityValue.startsWith('AKIA'))
    .map(({ entityValue }) => ({
      accessKeyId: entityValue,
      ...(affectedAccount !== undefined && { account: affectedAccount }),
    }))

/** What a rule is about is an event type code of the service RISK. */
export const healthEvent: EventDefinition<HealthEvent> = {
  sample: {
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': 'AWS Health Event',
    source: 'aws.health',
    account: '111122223333',
    time: '2026-11-21T06:12:31Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      service: 'RISK',
      eventTypeCategory: 'issue',
      statusCode: 'open',
      affectedEntities: [{ entityValue: '111122223333' }],
    },
  },
  pattern: risk,
  asks: (code) => [[code]],
  about: [
    'AWS_RISK_ACCOUNT_CONSOLE_COMPROMISE',
    'AWS_RISK_CREDENTIALS_COMPROMISE_SUSPECTED',
    'AWS_RISK_IAM_QUARANTINE',
  ],
  because: (code) => `AWS Health reported ${code}.`,
  threats: ['THREAT-11'],
  attack: ['T1078.004', 'LLM02'],
  subject: 'detail.eventArn',
  fires: (code) => ({
    detail: { eventTypeCode: code, eventArn: `arn:aws:health:us-east-1::event/RISK/${code}/a1b2c3d4e5f6` },
  }),
  not: {
    not: { detail: { eventTypeCode: 'AWS_RISK_OPERATIONAL_NOTIFICATION' } },
    'not-closed': { detail: { statusCode: 'closed' } },
    'not-risk': { detail: { service: 'EC2' } },
  },
  names: {
    accessKeyId: {
      by: { finder: 'exposedIn', from: 'events/health.ts', of: 'detail' },
      about: 'CREDENTIALS',
      holds: { detail: { affectedEntities: [{ entityValue: 'AKIAIOSFODNN7EXAMPLE' }] } },
    },
  },
}
