import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod'
import { environmentOf } from '../lib/environment.ts'
import { emptyReply, type HttpReply } from '../responders/decisions/intake/reply.ts'
import { requestOf } from '../responders/decisions/intake/request.ts'
import { handleReviewRequest } from '../responders/decisions/review-page/review-request.ts'
import { handleSlackRequest } from '../responders/decisions/slack/slack-request.ts'

const text = z.string().min(1)
const environment = z.object({
  PORTCULLIS_PREFIX: text,
  PORTCULLIS_TABLE: text,
  PORTCULLIS_LINK_KEY: text,
  /** The queue's URL. */
  PORTCULLIS_DECISIONS: text,
})

/** The internet-facing function: it queues orders and cannot carry them out; functions/decision-worker does. */
export async function handler(event: APIGatewayProxyEventV2): Promise<HttpReply> {
  const it = environmentOf(environment)
  const settings = {
    prefix: it.PORTCULLIS_PREFIX,
    table: it.PORTCULLIS_TABLE,
    key: it.PORTCULLIS_LINK_KEY,
    queue: it.PORTCULLIS_DECISIONS,
  }
  const request = requestOf(event)
  const { method, path } = request
  const incident = /\/i\/(inc-[0-9a-f]{8})$/.exec(path)?.[1]
  if (method === 'POST' && path.endsWith('/slack')) return handleSlackRequest(request, settings)
  if (incident && ['GET', 'HEAD', 'POST'].includes(method))
    return handleReviewRequest(request, incident, settings)
  return emptyReply(404)
}
