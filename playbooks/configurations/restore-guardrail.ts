import {
  BedrockClient,
  CreateGuardrailVersionCommand,
  type GetGuardrailResponse,
  ListTagsForResourceCommand,
  UpdateGuardrailCommand,
} from '@aws-sdk/client-bedrock'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { canonical, digest } from '../../lib/canonical.ts'
import { baselineOf, baselineReads } from './baseline.ts'
import { guardrailPolicies, partsOfGuardrail } from './guardrail-document.ts'
import { draftOf, readyDraftOf } from './guardrail-draft.ts'
import { guardrailKinds } from './guardrail-strength.ts'
import { type Parts, partsOf, stronger, type Texts, textsOf, weaker } from './strength.ts'

type State = {
  /** Settings that are not compared, but that UpdateGuardrail would delete if they were left out. */
  kept: { [member: string]: string }
  parts: Texts
  baseline: string
}

// For cross-Region guardrails, IAM also authorizes the guardrail profile. Source: Bedrock User Guide, "Permissions for using
// cross-Region inference with Amazon Bedrock Guardrails".
const guardrails = ['arn:aws:bedrock:*:*:guardrail/*']
const profiles = ['arn:aws:bedrock:*:*:guardrail-profile/*']

/** Makes the draft of a guardrail at least as strong as its signed baseline, and creates a version of the result. */
export const restoreGuardrail = playbook({
  name: 'restore-guardrail',
  title: 'Restore a guardrail to its baseline',
  copy: {
    action: 'restore guardrail {target} to its baseline',
    contained: 'guardrail {target} is at least as strong as its baseline',
    released: 'guardrail {target} is as it was found',
    failed: 'guardrail {target} may still be weaker than its baseline',
  },
  target: ['guardrailId'],
  clients: { bedrock: BedrockClient },
  reads: {
    ...baselineReads,
    'bedrock:GetGuardrail': [...guardrails, ...profiles],
    'bedrock:ListTagsForResource': guardrails,
  },
  writes: {
    'bedrock:CreateGuardrailVersion': guardrails,
    'bedrock:UpdateGuardrail': [...guardrails, ...profiles],
  },
  gone: ['ResourceNotFoundException'],
  caveats: ({ kept }: State) => [
    'Only the draft is restored. Callers of a numbered version still use that version: change callers of a weak version to the new one.',
    'A guardrail has at most 20 versions. If the limit is reached, the draft is restored, but no version is created and the containment fails.',
    'Topics, words and patterns that were added to the guardrail are kept.',
    'The release restores the weaker draft that was found. To keep the restored one, undo it with "leave" instead.',
    'An attacker who weakened the guardrail can do it again: contain them too.',
    ...(kept.kmsKeyArn
      ? [
          'The guardrail is encrypted with a customer managed key, whose key policy must allow Portcullis kms:Decrypt, GenerateDataKey, DescribeKey and CreateGrant.',
        ]
      : []),
  ],

  async read({ account, region, guardrailId }, { bedrock }): Promise<Reading<State>> {
    const guardrail = await draftOf(bedrock, guardrailId)
    const { tags } = await bedrock.send(
      new ListTagsForResourceCommand({ resourceARN: guardrail.guardrailArn }),
    )
    return {
      tags: (tags ?? []).map(({ key, value }) => ({ Key: key, Value: value })),
      async state() {
        const baseline = await baselineOf({ kind: 'guardrail', account, region, id: guardrailId })
        return { kept: keptOf(guardrail), parts: textsOf(partsOfGuardrail(guardrail)), baseline }
      },
    }
  },

  contain: ({ kept, parts, baseline }) => ({
    kept,
    parts: textsOf(stronger(partsOf(parts), JSON.parse(baseline), guardrailKinds)),
    baseline,
  }),

  async write({ guardrailId }, { kept, parts, baseline }, { bedrock }, { containment }) {
    const { kmsKeyArn, name, blockedInputMessaging, blockedOutputsMessaging, ...rest } = kept
    await bedrock.send(
      new UpdateGuardrailCommand({
        guardrailIdentifier: guardrailId,
        ...rest,
        name,
        blockedInputMessaging,
        blockedOutputsMessaging,
        ...(kmsKeyArn && { kmsKeyId: kmsKeyArn }),
        ...guardrailPolicies(partsOf(parts)),
      }),
    )
    // Only a release writes a draft that is weaker than the baseline; it gets no version.
    if (isWeak(partsOf(parts), baseline)) return
    const draft = await readyDraftOf(bedrock, guardrailId)
    if (isWeak(partsOfGuardrail(draft), baseline))
      throw new Error(
        `The draft of ${guardrailId} is still weaker than its baseline, so no version was created.`,
      )
    // A repeated token creates no second version.
    const clientRequestToken = digest(containment, canonical(parts))
    const numbered = await bedrock.send(
      new CreateGuardrailVersionCommand({ guardrailIdentifier: guardrailId, clientRequestToken }),
    )
    if (!numbered.version)
      throw new Error(`The draft of ${guardrailId} is restored, but Bedrock created no version of it.`)
  },
})

function keptOf({
  name,
  description,
  blockedInputMessaging,
  blockedOutputsMessaging,
  kmsKeyArn,
}: GetGuardrailResponse): State['kept'] {
  const kept = { name, description, blockedInputMessaging, blockedOutputsMessaging, kmsKeyArn }
  return Object.fromEntries(Object.entries(kept).filter((one): one is [string, string] => !!one[1]))
}

const isWeak = (parts: Parts, baseline: string): boolean =>
  weaker(parts, JSON.parse(baseline), guardrailKinds).length > 0
