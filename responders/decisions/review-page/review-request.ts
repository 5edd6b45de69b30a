import { verbs } from '../../../engine/journal/record.ts'
import { personByName } from '../../people.ts'
import { readReviewLink } from '../../review-link.ts'
import { intakeParameters, queueOrder } from '../intake/queue.ts'
import { emptyReply, type HttpReply, htmlReply } from '../intake/reply.ts'
import { type HttpRequest, isForm, isSameOrigin } from '../intake/request.ts'
import { order, orderIdOf } from '../order.ts'
import { isBound, type Reader } from './binding.ts'
import { plainPage } from './page.ts'
import { showReview } from './show.ts'

/** What the form may ask for. */
const formVerbs = [...verbs, 'code'] as const

/** The deployment that the review page belongs to. */
export interface DecisionIntakeSettings {
  prefix: string
  table: string
  queue: string
  /** The id of the KMS key that signs review links. */
  key: string
}

const invalidLinkPage = plainPage(
  'This link is not valid',
  'It is older than seven days, or it is incomplete. Open the newest mail about the incident, or decide in Slack or in the CLI: portcullis incidents',
)

/** Handles the review page: GET shows it and changes nothing; POST queues an order for the decision worker. */
export async function handleReviewRequest(
  request: HttpRequest,
  incident: string,
  settings: DecisionIntakeSettings,
): Promise<HttpReply> {
  const { method } = request
  if (method === 'POST' && (!isForm(request) || !isSameOrigin(request)))
    return htmlReply(403, plainPage('Not accepted', 'Use the form on the review page itself.'))
  const form = new URLSearchParams(method === 'POST' ? request.body : '')
  const token = (method === 'POST' ? form : request.query).get('t') ?? ''
  const link = await readReviewLink(token, settings.key)
  if (link?.incident !== incident) return htmlReply(403, invalidLinkPage)
  const reader = { incident, token, person: link.person }
  if (method === 'POST') return submitForm(form, reader, settings)
  const reply = await showReview(reader, request.query, settings)
  return method === 'HEAD' ? { ...reply, body: '' } : reply
}

async function submitForm(
  form: URLSearchParams,
  { incident, token, person }: Reader,
  { prefix, queue }: DecisionIntakeSettings,
): Promise<HttpReply> {
  const field = (name: string) => form.get(name)?.trim() || undefined
  const [verb = '', containment = '', plan = ''] = ['verb', 'containment', 'plan'].map(field)
  if (!isBound(field('n') ?? '', token, incident, containment, plan))
    return htmlReply(403, plainPage('Not accepted', 'Open the review page again and decide there.'))
  const { routing } = await intakeParameters(prefix)
  const address = personByName(routing, person)?.email
  const at = new Date().toISOString()
  const code = verb === 'code' ? '' : (field('code') ?? '')
  const reason = field('reason')?.slice(0, 300)
  const id = orderIdOf(token, verb, containment, plan, code, reason ?? '', at.slice(0, 16))
  const parsed = order.safeParse({
    id,
    at,
    verb: formVerbs.find((one) => one === verb),
    incident,
    containment,
    plan,
    reason,
    for: verb === 'extend' ? field('for') : undefined,
    claim: { how: 'mail', person, address, code },
  })
  if (!parsed.success || (verb !== 'code' && code === ''))
    return htmlReply(
      400,
      plainPage('Incomplete form', 'Go back, choose a decision, and enter the eight-digit code.'),
    )
  await queueOrder(parsed.data, queue)
  const sentAtSeconds = String(Math.floor(Date.parse(at) / 1000))
  return emptyReply(303, {
    location: `?${new URLSearchParams({ t: token, d: id, s: sentAtSeconds })}`,
  })
}
