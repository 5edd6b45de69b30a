import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod'
import { environmentOf } from '../lib/environment.ts'
import { empty, type Reply } from '../responders/decisions/reply.ts'
import { requestOf } from '../responders/decisions/request.ts'
import { reviewDoor } from '../responders/decisions/review-door.ts'
import { slackDoor } from '../responders/decisions/slack-door.ts'

const text = z.string().min(1)
const environment = z.object({
  PORTCULLIS_PREFIX: text,
  PORTCULLIS_TABLE: text,
  PORTCULLIS_LINK_KEY: text,
  /** The queue's URL. */
  PORTCULLIS_DECISIONS: text,
})

/** The public endpoint. It only passes orders on to the queue: decision-worker authorises and executes them. */
export async function handler(event: APIGatewayProxyEventV2): Promise<Reply> {
  const settings = environmentOf(environment)
  const door = {
    prefix: settings.PORTCULLIS_PREFIX,
    table: settings.PORTCULLIS_TABLE,
    key: settings.PORTCULLIS_LINK_KEY,
    queue: settings.PORTCULLIS_DECISIONS,
  }
  const request = requestOf(event)
  const { method, path } = request
  const incident = /\/i\/(inc-[0-9a-f]{8})$/.exec(path)?.[1]
  if (method === 'POST' && path.endsWith('/slack')) return slackDoor(request, door)
  if (incident && ['GET', 'HEAD', 'POST'].includes(method)) return reviewDoor(request, incident, door)
  return empty(404)
}
