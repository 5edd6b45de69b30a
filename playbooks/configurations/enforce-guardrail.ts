import {
  BedrockClient,
  DeleteEnforcedGuardrailConfigurationCommand,
  GetGuardrailCommand,
  PutEnforcedGuardrailConfigurationCommand,
  paginateListEnforcedGuardrailsConfiguration,
} from '@aws-sdk/client-bedrock'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { baselineOf, baselineReads } from './baseline.ts'
import {
  enforcementKinds,
  enforcementOf,
  enforcementParts,
  partsOfEnforcement,
} from './enforcement-strength.ts'
import { partsOf, stronger, type Texts, textsOf } from './strength.ts'

type State = { parts: Texts; baseline: string }

/** Makes Bedrock apply the guardrail of the signed baseline to every model invocation of an account in a Region. */
export const enforceGuardrail = playbook({
  name: 'enforce-guardrail',
  title: 'Enforce the baseline guardrail on every caller',
  copy: {
    action: 'enforce the baseline guardrail on every caller',
    contained: 'the baseline guardrail is enforced on every caller',
    released: 'the guardrail enforcement is as it was found',
    failed: 'the baseline guardrail may not be enforced on every caller',
  },
  target: [],
  clients: { bedrock: BedrockClient },
  reads: {
    ...baselineReads,
    'bedrock:GetGuardrail': ['arn:aws:bedrock:*:*:guardrail/*'],
    'bedrock:ListEnforcedGuardrailsConfiguration': '*',
  },
  writes: {
    'bedrock:DeleteEnforcedGuardrailConfiguration': '*',
    'bedrock:PutEnforcedGuardrailConfiguration': '*',
  },
  // Source: Bedrock User Guide, "Apply cross-account safeguards with Amazon Bedrock Guardrails enforcements".
  caveats: () => [
    'The guardrail applies to all model invocations in this Region, and adds latency and cost; a role without bedrock:ApplyGuardrail on it loses model access.',
    'The guardrail is not enforced in other Regions.',
    'Automated reasoning policies are not applied when a guardrail is enforced.',
    'Where a policy denies by bedrock:GuardrailIdentifier, callers that specify no guardrail are still denied, and so are agents and knowledge bases.',
    'While it is enforced, the guardrail cannot be deleted.',
    'The release restores the enforcement that was found, or ends it. To keep this one, undo it with "leave" instead.',
  ],

  read: async ({ account, region }, { bedrock }): Promise<Reading<State>> => ({
    tags: { none: 'A setting of an account in a Region has no tags.' },
    // Exceptions name it by its kind and Region.
    names: [`enforced-guardrail/${region}`],
    async state() {
      const present = await enforced(bedrock)
      const baseline = await baselineOf({ kind: 'enforced-guardrail', account, region })
      return { parts: textsOf(partsOfEnforcement(present), enforcementParts), baseline }
    },
  }),

  contain: ({ parts, baseline }) => ({
    parts: textsOf(stronger(partsOf(parts), JSON.parse(baseline), enforcementKinds), enforcementParts),
    baseline,
  }),

  async write(_target, { parts }, { bedrock }) {
    const configId = (await enforced(bedrock))?.configId
    const guardrailInferenceConfig = enforcementOf(partsOf(parts))
    if (guardrailInferenceConfig) {
      await assertExists(bedrock, guardrailInferenceConfig)
      await bedrock.send(
        new PutEnforcedGuardrailConfigurationCommand({
          ...(configId && { configId }),
          guardrailInferenceConfig,
        }),
      )
    } else if (configId) await bedrock.send(new DeleteEnforcedGuardrailConfigurationCommand({ configId }))
  },
})

/** The enforcement of the account itself, of which there is at most one in a Region. Source: API reference, ListEnforcedGuardrailsConfiguration. */
async function enforced(client: BedrockClient) {
  const pages = await Array.fromAsync(paginateListEnforcedGuardrailsConfiguration({ client }, {}))
  return pages
    .flatMap(({ guardrailsConfig }) => guardrailsConfig ?? [])
    .find(({ owner = 'ACCOUNT' }) => owner === 'ACCOUNT')
}

// To enforce a guardrail that does not exist stops all inference, which an attacker could provoke by deleting it.
async function assertExists(
  bedrock: BedrockClient,
  {
    guardrailIdentifier,
    guardrailVersion,
  }: { guardrailIdentifier?: string | undefined; guardrailVersion?: string | undefined },
) {
  const input = { guardrailIdentifier, guardrailVersion }
  await bedrock.send(new GetGuardrailCommand(input)).catch((cause) => {
    if (cause.name !== 'ResourceNotFoundException') throw cause
    const why = `Version ${guardrailVersion} of ${guardrailIdentifier} does not exist, and enforcing it would stop all inference.`
    throw new Error(`${why} Sign a baseline with an existing version.`, { cause })
  })
}
