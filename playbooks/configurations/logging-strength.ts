import type { LoggingConfig } from '@aws-sdk/client-bedrock'
import { type Kinds, type PartSettings, type Parts, ranked } from './strength.ts'

const delivered = ranked([false, true], false)

/** A log destination that was not signed is weaker, like no log; more types of data are stronger. */
export const loggingKinds: Kinds = {
  delivery: {
    settings: {
      textDataDeliveryEnabled: delivered,
      imageDataDeliveryEnabled: delivered,
      embeddingDataDeliveryEnabled: delivered,
      videoDataDeliveryEnabled: delivered,
      audioDataDeliveryEnabled: delivered,
    },
  },
}

/** `large` is the S3 destination for data that is too large for CloudWatch. */
export const loggingParts = ['cloudwatch', 'delivery', 'large', 's3']

/** The parts of a logging configuration; none if logging is off. */
export function partsOfLogging({ cloudWatchConfig, s3Config, ...flags }: LoggingConfig = {}): Parts {
  const { largeDataDeliveryS3Config: large, ...cloudwatch } = cloudWatchConfig ?? {}
  const parts = { cloudwatch, large, s3: s3Config, delivery: flags }
  return Object.fromEntries(
    Object.entries(parts)
      .map(([part, settings]) => [part, known({ ...settings })] as const)
      .filter(([, settings]) => Object.keys(settings).length > 0),
  )
}

/** The logging configuration of these parts; `undefined` without a destination. */
export function loggingOf({ cloudwatch, large, s3, delivery }: Parts): LoggingConfig | undefined {
  if (!cloudwatch && !s3) return undefined
  return {
    ...delivery,
    ...(cloudwatch && {
      cloudWatchConfig: {
        ...(cloudwatch as { logGroupName: string; roleArn: string }),
        ...(large && { largeDataDeliveryS3Config: large as { bucketName: string } }),
      },
    }),
    ...(s3 && { s3Config: s3 as { bucketName: string } }),
  }
}

const known = (settings: { [name: string]: string | boolean | undefined }): PartSettings =>
  Object.fromEntries(
    Object.entries(settings).filter((one): one is [string, string | boolean] => one[1] !== undefined),
  )
