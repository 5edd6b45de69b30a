import type { Principal, Signal } from './signal.ts'

/** A call to AWS that does not run a model, from CloudTrail: only the fields that thresholds use. */
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
  /** The bucket or model package that the call is about. */
  resource?: string
  /** Bytes that S3 sent to the caller. */
  bytesOut?: number
  /** The call approved the model package. */
  approves?: true
}

/** What can be counted. */
export type Fact = Signal | Call
