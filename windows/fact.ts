import type { Principal, Signal } from '../signals/signal.ts'

/** A call to AWS as CloudTrail records it: of what is counted, only what is counted by. */
export interface Call {
  type: 'Call'
  /** The same for every delivery of one record. */
  id: string
  time?: string
  account?: string
  region?: string
  principal?: Principal
  /** `bedrock.amazonaws.com` */
  service: string
  /** `InvokeModel` */
  name: string
  errorCode?: string
  /** What was sent to the caller, where CloudTrail says so (S3). */
  bytesOut?: number
  /** The bucket or model that was called for. */
  resource?: string
}

/** What can be counted. */
export type Fact = Signal | Call
