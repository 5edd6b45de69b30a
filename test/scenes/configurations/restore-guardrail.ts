import {
  BedrockClient,
  DeleteGuardrailCommand,
  GetGuardrailCommand,
  TagResourceCommand,
  UpdateGuardrailCommand,
} from '@aws-sdk/client-bedrock'
import { partsOfGuardrail } from '../../../playbooks/configurations/guardrail-document.ts'
import { restoreGuardrail } from '../../../playbooks/configurations/restore-guardrail.ts'
import type { Scene } from '../scene.ts'
import { sign } from './baseline-parts.ts'
import { draftOf, guardrail, strong, weakened } from './guardrail-parts.ts'

/** A guardrail that was weakened after its baseline was signed. */
export const scene: Scene = {
  playbook: restoreGuardrail,
  async build() {
    const bedrock = new BedrockClient({})
    const { id, arn } = await guardrail(bedrock)
    const guardrailIdentifier = id
    const signed = await bedrock.send(new GetGuardrailCommand({ guardrailIdentifier }))
    await sign({ kind: 'guardrail', id, document: partsOfGuardrail(signed) })
    await bedrock.send(new UpdateGuardrailCommand({ ...weakened, guardrailIdentifier }))
    return {
      target: { account: '123456789012', region: 'us-east-1', guardrailId: id },
      // Without versions, which a release does not delete: test/effect/configurations/restore-guardrail.test.ts counts them.
      look: () => draftOf(bedrock, id),
      async protect() {
        const tags = [{ key: 'portcullis:protected', value: 'true' }]
        await bedrock.send(new TagResourceCommand({ resourceARN: arn, tags }))
      },
      // A filter of the restored guardrail gets a strength that is neither the earlier nor the restored one.
      async meddle() {
        const [hate, attack] = strong.contentPolicyConfig?.filtersConfig ?? []
        const filtersConfig = [
          { ...hate, outputStrength: 'HIGH' },
          { ...attack, inputStrength: 'MEDIUM' },
        ] as NonNullable<typeof strong.contentPolicyConfig>['filtersConfig']
        const topicsConfig = [
          ...(strong.topicPolicyConfig?.topicsConfig ?? []),
          ...(weakened.topicPolicyConfig?.topicsConfig?.slice(1) ?? []),
        ]
        const { blockedInputMessaging } = weakened
        const contentPolicyConfig = { filtersConfig, tierConfig: { tierName: 'STANDARD' as const } }
        const { piiEntitiesConfig: _, ...sensitive } = strong.sensitiveInformationPolicyConfig ?? {}
        await bedrock.send(
          new UpdateGuardrailCommand({
            ...strong,
            guardrailIdentifier,
            blockedInputMessaging,
            contentPolicyConfig,
            topicPolicyConfig: { topicsConfig },
            sensitiveInformationPolicyConfig: {
              ...sensitive,
              piiEntitiesConfig: [
                { type: 'AWS_SECRET_KEY', action: 'BLOCK' },
                { type: 'EMAIL', action: 'BLOCK' },
              ],
            },
          }),
        )
      },
      async destroy() {
        await bedrock.send(new DeleteGuardrailCommand({ guardrailIdentifier }))
      },
    }
  },
}
