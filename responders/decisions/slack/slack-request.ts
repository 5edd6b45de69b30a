import { parseJson } from '../../../lib/parse-json.ts'
import { intakeParameters, queueOrder } from '../intake/queue.ts'
import { emptyReply, type HttpReply } from '../intake/reply.ts'
import type { HttpRequest } from '../intake/request.ts'
import { orderFromInteraction } from './interaction.ts'
import { isSigned } from './signature.ts'

/**
 * Handles a request from Slack: a click or a submitted form becomes an order in the queue, and everything else gets an
 * empty 200. A request that is not signed gets an empty 401; neither the reply nor the log repeats its content.
 */
export async function handleSlackRequest(
  { body, headers }: HttpRequest,
  { prefix, queue }: { prefix: string; queue: string },
): Promise<HttpReply> {
  const { signingSecret } = await intakeParameters(prefix)
  const now = new Date()
  if (!signingSecret || !isSigned(headers, body, signingSecret, now)) {
    const why = signingSecret
      ? 'the Slack signature is missing, wrong or too old'
      : 'the signing secret is missing'
    console.warn(JSON.stringify({ level: 'WARN', message: 'refused a request to /slack', why }))
    return emptyReply(401)
  }
  const payload = parseJson(new URLSearchParams(body).get('payload') ?? '')
  const order = orderFromInteraction(payload, now.toISOString())
  if (order) await queueOrder(order, queue)
  return emptyReply(200)
}
