import { parseJson } from '../../lib/parse-json.ts'
import { orderOf } from './click.ts'
import { parameters } from './parameters.ts'
import { queueOrder } from './queue.ts'
import { empty, type Reply } from './reply.ts'
import type { Request } from './request.ts'
import { isSigned } from './signature.ts'

/**
 * What Slack sends: a click becomes an order in the queue, everything else is heard and left. Whatever is wrong with a
 * request, its sender learns only that; the log has no word of it.
 */
export async function slackDoor(
  { body, headers }: Request,
  { prefix, queue }: { prefix: string; queue: string },
): Promise<Reply> {
  const { signingSecret } = await parameters(prefix)
  const now = new Date()
  if (!signingSecret || !isSigned(headers, body, signingSecret, now)) {
    const why = signingSecret ? 'it is not signed by Slack, or not now' : 'there is no signing secret'
    console.warn(JSON.stringify({ level: 'WARN', message: 'refused a request to /slack', why }))
    return empty(401)
  }
  const order = orderOf(parseJson(new URLSearchParams(body).get('payload') ?? ''), now.toISOString())
  if (order) await queueOrder(order, queue)
  return empty(200)
}
