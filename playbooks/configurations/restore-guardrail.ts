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
import { partsOfGuardrail, policiesOf } from './guardrail-document.ts'
import { draftOf, settled } from './guardrail-draft.ts'
import { guardrailKinds } from './guardrail-strength.ts'
import { type Parts, partsOf, stronger, type Texts, textsOf, weaker } from './strength.ts'

type State = {
  /** What is not compared, but would be lost: UpdateGuardrail replaces. */
  kept: { [member: string]: string }
  parts: Texts
  baseline: string
}

// Of cross-Region guardrails IAM is asked about the profile too. Source: Bedrock User Guide, "Permissions for using
// cross-Region inference with Amazon Bedrock Guardrails".
const guardrails = ['arn:aws:bedrock:*:*:guardrail/*']
const profiles = ['arn:aws:bedrock:*:*:guardrail-profile/*']

/** Makes a guardrail's draft as strong as its signed baseline, and nothing in it weaker, and numbers the result. */
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
    'Only the draft is restored. Callers of a numbered version get what that version says: point those of a weak one to the version that this makes, or to a better one.',
    'A guardrail keeps 20 versions; where there is no room for one more, the draft is restored and this fails all the same.',
    'A topic, word or pattern that somebody added stays, even one that makes no sense.',
    'The release makes the draft as weak again as it was found. To keep it restored, leave it as it is instead.',
    'Whoever weakened it can do so again: stop them too.',
    ...(kept.kmsKeyArn
      ? [
          'It is encrypted with a key of yours: that key must let Portcullis use it (kms:Decrypt, GenerateDataKey, DescribeKey, CreateGrant).',
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
        ...policiesOf(partsOf(parts)),
      }),
    )
    // What is weaker than the baseline is put back by a release, and is not worth a number.
    if (isWeak(partsOf(parts), baseline)) return
    const draft = await settled(bedrock, guardrailId)
    if (isWeak(partsOfGuardrail(draft), baseline))
      throw new Error(`The draft of ${guardrailId} is still weaker than its baseline: it gets no version.`)
    // The same token again makes no second version.
    const clientRequestToken = digest(containment, canonical(parts))
    const numbered = await bedrock.send(
      new CreateGuardrailVersionCommand({ guardrailIdentifier: guardrailId, clientRequestToken }),
    )
    if (!numbered.version)
      throw new Error(`The draft of ${guardrailId} is restored, but Bedrock gave it no version.`)
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
