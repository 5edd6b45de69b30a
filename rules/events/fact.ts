import type { Principal, Signal } from './signal.ts'

/** A call to AWS that runs no model, as CloudTrail records it: of what is counted, only what is counted by. */
export interface Call {
  type: 'Call'
  origin: 'cloudtrail'
  /** The same for every delivery of one record. */
  id: string
  time?: string
  account?: string
  region?: string
  principal?: Principal
  /** `bedrock.amazonaws.com` */
  service: string
  /** `CreateFoundationModelAgreement` */
  name: string
  errorCode?: string
  /** The bucket or model package that was called for. */
  resource?: string
  /** Bytes that S3 sent to the caller. */
  bytesOut?: number
  /** The call approved the model package. */
  approves?: true
}

/** What can be counted. */
export type Fact = Signal | Call
