import { type BedrockClient, GetGuardrailCommand, type GetGuardrailResponse } from '@aws-sdk/client-bedrock'
import { Gone } from '../../engine/errors.ts'

/** A guardrail's draft. Throws `Gone`, saying what to do, where there is no such guardrail. */
export async function draftOf(bedrock: BedrockClient, id: string): Promise<GetGuardrailResponse> {
  try {
    return await bedrock.send(new GetGuardrailCommand({ guardrailIdentifier: id }))
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error
    const why = `There is no guardrail ${id} (any more), and nothing gives a deleted one its id back.`
    throw new Gone(`${why} Create it anew from its baseline, and give its callers the new id.`, {
      cause: error,
    })
  }
}

const patience = 20
const pauseMs = 500

/** The draft, once Bedrock has taken it in: until then it makes no version of it. */
export async function settled(bedrock: BedrockClient, id: string): Promise<GetGuardrailResponse> {
  for (let tries = 1; ; tries++) {
    const draft = await draftOf(bedrock, id)
    if (draft.status === 'READY' || tries === patience) return draft
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
