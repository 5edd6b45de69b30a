import { createHmac, timingSafeEqual } from 'node:crypto'
import { readIncident } from '../../engine/journal/incidents.ts'
import { type Incident, verbs } from '../../engine/journal/record.ts'
import { mayDecide, personByName } from '../channels/route.ts'
import { responderActionsOf } from '../messages/actions.ts'
import { viewOf } from '../messages/view-of.ts'
import type { Routing } from '../routing.ts'
import { approversOf, isCritical } from './authorize.ts'
import { readCode } from './code.ts'
import { readLink } from './link.ts'
import { order, orderIdOf } from './order.ts'
import { plainPage, type Review, reviewPage } from './page.ts'
import type { Choice } from './page-form.ts'
import { parameters } from './parameters.ts'
import { queueOrder } from './queue.ts'
import { empty, page, type Reply } from './reply.ts'
import { isForm, isOurs, type Request } from './request.ts'
import { underWay } from './row.ts'

/** What a form may ask for. */
const offered = [...verbs, 'code'] as const

/** What the page stands on. */
export interface DoorSettings {
  prefix: string
  table: string
  queue: string
  key: string
}

const noLink = plainPage(
  'This link opens nothing',
  'It is older than seven days, or it was cut off on its way. Open the newest mail about the incident, or decide in Slack or with: portcullis incidents',
)

/** An incident's page: GET shows it and changes nothing, however often; POST sends an order, which settle judges. */
export async function reviewDoor(request: Request, incident: string, door: DoorSettings): Promise<Reply> {
  const { method } = request
  if (method === 'POST' && (!isForm(request) || !isOurs(request)))
    return page(403, plainPage('Not accepted', 'Send the form of the page itself.'))
  const form = new URLSearchParams(method === 'POST' ? request.body : '')
  const token = (method === 'POST' ? form : request.query).get('t') ?? ''
  const link = await readLink(token, door.key)
  if (link?.incident !== incident) return page(403, noLink)
  const reader = { incident, token, person: link.person }
  if (method === 'POST') return take(form, reader, door)
  const reply = await show(reader, request.query, door)
  return method === 'HEAD' ? { ...reply, body: '' } : reply
}

interface Reader {
  incident: string
  token: string
  person: string
}

async function show(
  { incident: id, token, person }: Reader,
  query: URLSearchParams,
  door: DoorSettings,
): Promise<Reply> {
  const now = new Date()
  const sent = query.get('d')
  const [incident, { stage }] = await Promise.all([readIncident(id, door.table), parameters(door.prefix)])
  if (!incident) return page(404, plainPage('Not here any more', `${id} is no incident of this stage.`))
  const elsewhere = elsewhereOf(incident, stage, person)
  const known = sent ? await becameOf(incident, sent, person, door) : undefined
  const became = known ?? (sent ? waiting(Number(query.get('s')), now) : undefined)
  const review: Review = {
    view: viewOf(incident, now),
    reader: person,
    approvers: `Any member of ${approversOf(stage)}`,
    choices: elsewhere ? [] : choicesOf(incident, token),
    ...(elsewhere && { elsewhere }),
    ...(became && { became }),
  }
  return page(200, reviewPage(review))
}

function elsewhereOf(incident: Incident, stage: Routing, name: string): string | undefined {
  const person = personByName(stage, name)
  if (!person || !mayDecide(stage, person)) return `You may read this; only ${approversOf(stage)} can decide.`
  return isCritical(incident) ? 'It is critical: it is decided with AWS credentials only.' : undefined
}

const choicesOf = ({ id, containments }: Incident, token: string): Choice[] =>
  containments.flatMap((record) => {
    const actions = responderActionsOf(record)
    const { hash: plan } = record.plan
    const bound = boundTo(token, id, record.id, plan)
    return actions.length > 0 ? [{ containment: record.id, plan, actions, token, bound }] : []
  })

/** Binds a form to what its page showed: nothing else can be decided with it. */
const boundTo = (token: string, ...shown: string[]): string =>
  createHmac('sha256', token).update(shown.join('.')).digest('base64url')

/** A page looks again by itself for a minute: an id that nobody sent is not waited for longer. */
const waiting = (since: number, now: Date): true | string =>
  Math.abs(now.getTime() / 1000 - since) < 60 ||
  'It is not known yet what became of it: load this page again later.'

/** What an order came to, if that is known. */
async function becameOf(
  { id, decisions }: Incident,
  sent: string,
  person: string,
  { table }: DoorSettings,
): Promise<string | undefined> {
  const decision = decisions.find((one) => one.id === sent)
  if (decision) return decision.says === underWay ? undefined : decision.says
  const code = await readCode({ incident: id, person, table })
  return code?.order === sent ? code.says : undefined
}

async function take(form: URLSearchParams, reader: Reader, { prefix, queue }: DoorSettings): Promise<Reply> {
  const { incident, token, person } = reader
  const given = (name: string) => form.get(name)?.trim() || undefined
  const [verb = '', containment = '', plan = ''] = ['verb', 'containment', 'plan'].map(given)
  const bound = Buffer.from(boundTo(token, incident, containment, plan))
  const shown = Buffer.from(given('n') ?? '')
  if (bound.length !== shown.length || !timingSafeEqual(bound, shown))
    return page(403, plainPage('Not accepted', 'Open the page again, and decide there.'))
  const { stage } = await parameters(prefix)
  const address = personByName(stage, person)?.email
  const at = new Date().toISOString()
  const code = verb === 'code' ? '' : (given('code') ?? '')
  const reason = given('reason')?.slice(0, 300)
  const id = orderIdOf(token, verb, containment, plan, code, reason ?? '', at.slice(0, 16))
  const ordered = order.safeParse({
    id,
    at,
    verb: offered.find((one) => one === verb),
    incident,
    containment,
    plan,
    reason,
    for: verb === 'extend' ? given('for') : undefined,
    claim: { how: 'mail', person, address, code },
  })
  if (!ordered.success || (verb !== 'code' && code === ''))
    return page(
      400,
      plainPage('Something is missing', 'Go back, choose a decision and enter the code of eight digits.'),
    )
  await queueOrder(ordered.data, queue)
  return empty(303, {
    location: `?${new URLSearchParams({ t: token, d: id, s: String(Math.floor(Date.parse(at) / 1000)) })}`,
  })
}
