import type { LoggingConfig } from '@aws-sdk/client-bedrock'
import { type Kinds, type PartSettings, type Parts, ranked } from './strength.ts'

const delivered = ranked([false, true], false)

/** A log that goes elsewhere than was signed is as good as none; more kinds of data are stronger. */
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

/** `large` is what is too large for CloudWatch. */
export const loggingParts = ['cloudwatch', 'delivery', 'large', 's3']

/** The parts of a logging configuration; none, where nothing is logged. */
export function partsOfLogging({ cloudWatchConfig, s3Config, ...flags }: LoggingConfig = {}): Parts {
  const { largeDataDeliveryS3Config: large, ...cloudwatch } = cloudWatchConfig ?? {}
  const parts = { cloudwatch, large, s3: s3Config, delivery: flags }
  return Object.fromEntries(
    Object.entries(parts)
      .map(([part, settings]) => [part, known({ ...settings })] as const)
      .filter(([, settings]) => Object.keys(settings).length > 0),
  )
}

/** The configuration that these parts make; none, where there is no part. */
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
