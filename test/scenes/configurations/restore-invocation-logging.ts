import {
  BedrockClient,
  GetModelInvocationLoggingConfigurationCommand,
  PutModelInvocationLoggingConfigurationCommand,
} from '@aws-sdk/client-bedrock'
import { partsOfLogging } from '../../../playbooks/configurations/logging-strength.ts'
import { restoreInvocationLogging } from '../../../playbooks/configurations/restore-invocation-logging.ts'
import type { Scene } from '../scene.ts'
import { sign } from './baseline-parts.ts'

export const logged = {
  cloudWatchConfig: {
    logGroupName: '/bedrock/invocations',
    roleArn: 'arn:aws:iam::123456789012:role/bedrock-logs',
    largeDataDeliveryS3Config: { bucketName: 'large-prompts' },
  },
  s3Config: { bucketName: 'prompts', keyPrefix: 'all' },
  textDataDeliveryEnabled: true,
  imageDataDeliveryEnabled: true,
}

/** A Region without logging. For another destination see test/effect/configurations/restore-invocation-logging.test.ts. */
export const scene: Scene = {
  playbook: restoreInvocationLogging,
  async build() {
    const bedrock = new BedrockClient({})
    await sign({ kind: 'invocation-logging', document: partsOfLogging(logged) })
    return {
      target: { account: '123456789012', region: 'us-east-1' },
      async look() {
        const { loggingConfig } = await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}))
        const { cloudWatchConfig, s3Config, ...delivery } = loggingConfig ?? {}
        return {
          log: { cloudWatchConfig, s3Config, ...(Object.keys(delivery).length > 0 && { delivery }) },
        }
      },
      // No `protect` and no `destroy`: a setting of an account cannot be tagged or deleted.
      // The bucket is changed again.
      async meddle() {
        const loggingConfig = { ...logged, s3Config: { bucketName: 'elsewhere' } }
        await bedrock.send(new PutModelInvocationLoggingConfigurationCommand({ loggingConfig }))
      },
    }
  },
}
