import type { Envelope } from './envelope.ts'

/** AWS Health tells the account of something. Source: AWS Health User Guide, "EventBridge event schema". */
export type HealthEvent = Envelope<
  'aws.health',
  'AWS Health Event',
  {
    eventArn: string
    service: string
    eventTypeCode: string
    eventTypeCategory: string
    affectedEntities: { entityValue: string }[]
  }
>
