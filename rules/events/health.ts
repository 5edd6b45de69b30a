import type { Envelope } from './envelope.ts'

/** AWS Health tells the account of something. Source: AWS Health User Guide, "EventBridge event schema". */
export type HealthEvent = Envelope<
  'aws.health',
  'AWS Health Event',
  {
    eventArn: string
    service: string
    eventTypeCode: string
    eventTypeCategory: 'issue' | 'accountNotification' | 'investigation' | 'scheduledChange'
    statusCode?: 'open' | 'closed' | 'upcoming'
    /** Whose account it is about; in an organization's view, not the one that the event came to. */
    affectedAccount?: string
    affectedEntities: { entityValue: string }[]
  }
>

/** Event types by which Health tells of keys that strangers may have. */
export const exposure = [
  'AWS_RISK_CREDENTIALS_COMPROMISED',
  'AWS_RISK_CREDENTIALS_EXPOSED',
  'AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED',
] as const

/** Long-term access keys that a Health event names, in the account that has them. */
export const exposedIn = ({ affectedEntities, affectedAccount }: HealthEvent['detail']) =>
  affectedEntities
    .filter(({ entityValue }) => entityValue.startsWith('AKIA'))
    .map(({ entityValue }) => ({
      accessKeyId: entityValue,
      ...(affectedAccount !== undefined && { account: affectedAccount }),
    }))
