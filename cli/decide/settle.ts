import { randomUUID } from 'node:crypto'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { sanitize } from '../../lib/text/sanitize.ts'
import type { Order } from '../../responders/decisions/order.ts'
import { makeProof } from '../../responders/decisions/proof/sts-proof.ts'
import { Problem } from '../shell/errors.ts'
import type { Io } from '../shell/io.ts'
import { parseWorkerAnswer, type WorkerAnswer } from './answer.ts'

/** What somebody wants; who they are is proved by their AWS credentials. */
export type OrderWish = Omit<Order, 'id' | 'at' | 'stage' | 'claim'>

/** Sends an order to the stage, and gives what was answered. Throws what AWS says, or `settle-failed`. */
export async function sendOrder(wish: OrderWish, { settings }: Io): Promise<WorkerAnswer> {
  const lambda = new LambdaClient({})
  const region = await lambda.config.region()
  const order = {
    id: randomUUID(),
    at: new Date().toISOString(),
    stage: settings.prefix,
    ...wish,
    claim: { how: 'iam' as const },
  }
  const proof = await makeProof(order, { region })
  const Payload = JSON.stringify({ ...order, claim: { ...order.claim, proof } })
  const { FunctionError, Payload: said } = await lambda.send(
    new InvokeCommand({ FunctionName: settings.settle, Payload }),
  )
  const text = said?.transformToString() ?? 'null'
  if (FunctionError) throw broken(settings.settle, errorIn(text))
  try {
    return parseWorkerAnswer(JSON.parse(text))
  } catch (cause) {
    throw broken(settings.settle, `its answer is not understood: ${sanitize(text, 200)}`, cause)
  }
}

const broken = (name: string, why: string, cause?: unknown): Problem =>
  new Problem('settle-failed', 'the decision may not have been carried out', {
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
