import { randomUUID } from 'node:crypto'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { sanitize } from '../../lib/text/sanitize.ts'
import type { Order } from '../../responders/decisions/order.ts'
import { makeProof } from '../../responders/decisions/proof/sts-proof.ts'
import { Problem } from '../shell/errors.ts'
import type { Io } from '../shell/io.ts'
import { parseWorkerAnswer, type WorkerAnswer } from './worker-answer.ts'

/** A decision without the fields that are added when it is sent. AWS credentials prove the identity of the sender. */
export type UnsentOrder = Omit<Order, 'id' | 'at' | 'stage' | 'claim'>

/** Sends a decision to the decision worker and returns its answer. Throws errors of AWS, and `settle-failed`. */
export async function sendOrder(unsent: UnsentOrder, { settings }: Io): Promise<WorkerAnswer> {
  const lambda = new LambdaClient({})
  const region = await lambda.config.region()
  const order = {
    id: randomUUID(),
    at: new Date().toISOString(),
    stage: settings.prefix,
    ...unsent,
    claim: { how: 'iam' as const },
  }
  const proof = await makeProof(order, { region })
  const Payload = JSON.stringify({ ...order, claim: { ...order.claim, proof } })
  const { FunctionError, Payload: said } = await lambda.send(
    new InvokeCommand({ FunctionName: settings.decisionWorker, Payload }),
  )
  const text = said?.transformToString() ?? 'null'
  if (FunctionError) throw broken(settings.decisionWorker, errorIn(text))
  try {
    return parseWorkerAnswer(JSON.parse(text))
  } catch (cause) {
    throw broken(settings.decisionWorker, `its answer has an unknown format: ${sanitize(text, 200)}`, cause)
  }
}

const broken = (name: string, why: string, cause?: unknown): Problem =>
  new Problem('settle-failed', 'the decision may not have been applied', {
    where: `function ${name}`,
    why,
    fix: `aws logs tail /aws/lambda/${name} --since 10m`,
    cause,
  })

// Source: AWS Lambda Developer Guide, "Lambda function errors": errorType, errorMessage.
function errorIn(text: string): string {
  const { errorType = 'Error', errorMessage = text } = JSON.parse(text) as Record<string, string>
  return `${sanitize(errorType, 80)}: ${sanitize(errorMessage, 500)}`
}
