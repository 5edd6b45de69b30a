import {
  BedrockClient,
  CreateGuardrailVersionCommand,
  ListEnforcedGuardrailsConfigurationCommand,
  PutEnforcedGuardrailConfigurationCommand,
} from '@aws-sdk/client-bedrock'
import { enforceGuardrail } from '../../../playbooks/configurations/enforce-guardrail.ts'
import { partsOfEnforcement } from '../../../playbooks/configurations/enforcement-strength.ts'
import type { Scene } from '../scene.ts'
import { sign } from './baseline-parts.ts'
import { guardrail } from './guardrail-parts.ts'

/** An account without enforcement. For one with another guardrail see test/effect/configurations/enforce-guardrail.test.ts. */
export const scene: Scene = {
  playbook: enforceGuardrail,
  async build() {
    const bedrock = new BedrockClient({})
    const { id, arn } = await guardrail(bedrock)
    const selectiveContentGuarding = { system: 'COMPREHENSIVE', messages: 'COMPREHENSIVE' } as const
    const signed = { guardrailArn: arn, guardrailVersion: '1', selectiveContentGuarding }
    await sign({ kind: 'enforced-guardrail', document: partsOfEnforcement(signed) })
    return {
      target: { account: '123456789012', region: 'us-east-1' },
      async look() {
        const { guardrailsConfig = [] } = await bedrock.send(
          new ListEnforcedGuardrailsConfigurationCommand({}),
        )
        // One call writes the whole enforcement.
        return { account: { enforced: guardrailsConfig } }
      },
      // No `protect` and no `destroy`: a setting of an account cannot be tagged or deleted.
      // Another version is created and enforced.
      async meddle() {
        const { version } = await bedrock.send(new CreateGuardrailVersionCommand({ guardrailIdentifier: id }))
        const { guardrailsConfig } = await bedrock.send(new ListEnforcedGuardrailsConfigurationCommand({}))
        await bedrock.send(
          new PutEnforcedGuardrailConfigurationCommand({
            configId: guardrailsConfig?.[0]?.configId,
            guardrailInferenceConfig: { guardrailIdentifier: arn, guardrailVersion: version },
          }),
        )
      },
    }
  },
}
