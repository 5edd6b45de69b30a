import { type BedrockClient, GetGuardrailCommand, type GetGuardrailResponse } from '@aws-sdk/client-bedrock'
import { Gone } from '../../engine/errors.ts'

/** The draft of a guardrail. Throws `Gone` with advice if the guardrail does not exist. */
export async function draftOf(bedrock: BedrockClient, id: string): Promise<GetGuardrailResponse> {
  try {
    return await bedrock.send(new GetGuardrailCommand({ guardrailIdentifier: id }))
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error
    const why = `Guardrail ${id} does not exist, and a deleted guardrail cannot be restored under its id.`
    throw new Gone(`${why} Create a new one from the baseline and configure its callers with the new id.`, {
      cause: error,
    })
  }
}

const maxTries = 20
const pauseMs = 500

/** The draft once it is ready, which Bedrock requires for a new version; the latest draft after the last try. */
export async function readyDraftOf(bedrock: BedrockClient, id: string): Promise<GetGuardrailResponse> {
  for (let tries = 1; ; tries++) {
    const draft = await draftOf(bedrock, id)
    if (draft.status === 'READY' || tries === maxTries) return draft
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
