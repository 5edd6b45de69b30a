import { readIncident } from '../../../engine/journal/incidents.ts'
import type { Incident } from '../../../engine/journal/record.ts'
import { responderActionsOf } from '../../messages/view/actions.ts'
import { viewOf } from '../../messages/view/view-of.ts'
import { anyApprover, mayDecide, onlyApprovers, personByName } from '../../people.ts'
import type { Routing } from '../../routing.ts'
import { isCritical } from '../authorize/authorize.ts'
import { intakeParameters } from '../intake/queue.ts'
import { type HttpReply, htmlReply } from '../intake/reply.ts'
import { readCodeReply } from '../proof/code-mailbox.ts'
import { inProgress } from '../worker/decision-record.ts'
import { bindingOf, type Reader } from './binding.ts'
import type { DecisionForm } from './form.ts'
import { plainPage, reviewPage } from './page.ts'

/** How long the page reloads by itself while an outcome is unknown. */
const reloadForSeconds = 60

/** The review page for its reader. `query` has `d`, the id of an order sent before, and `s`, when (Unix seconds). */
export async function showReview(
  reader: Reader,
  query: URLSearchParams,
  { prefix, table }: { prefix: string; table: string },
): Promise<HttpReply> {
  const now = new Date()
  const sent = query.get('d')
  const [incident, { routing }] = await Promise.all([
    readIncident(reader.incident, table),
    intakeParameters(prefix),
  ])
  if (!incident)
    return htmlReply(404, plainPage('Incident not found', `This stage has no incident ${reader.incident}.`))
  const elsewhere = elsewhereOf(incident, routing, reader.person)
  const known = sent ? await outcomeOf(sent, incident, reader, table) : undefined
  const isRecent = Math.abs(now.getTime() / 1000 - Number(query.get('s'))) < reloadForSeconds
  const outcome = known ?? (sent ? 'The outcome is not known yet. Reload this page later.' : undefined)
  return htmlReply(
    200,
    reviewPage({
      view: viewOf(incident, now),
      reader: reader.person,
      approvers: anyApprover(routing),
      forms: elsewhere ? [] : formsOf(incident, reader.token),
      pending: sent !== null && known === undefined && isRecent,
      ...(elsewhere && { elsewhere }),
      ...(outcome && { outcome }),
    }),
  )
}

function elsewhereOf(incident: Incident, routing: Routing, name: string): string | undefined {
  const person = personByName(routing, name)
  if (!person || !mayDecide(routing, person)) return `You can read this incident. ${onlyApprovers(routing)}`
  return isCritical(incident) ? 'Critical incidents need AWS credentials: decide in the CLI.' : undefined
}

const formsOf = ({ id, containments }: Incident, token: string): DecisionForm[] =>
  containments.flatMap((record) => {
    const actions = responderActionsOf(record)
    const { hash: plan } = record.plan
    const bound = bindingOf(token, id, record.id, plan)
    return actions.length > 0 ? [{ containment: record.id, plan, actions, token, bound }] : []
  })

/** The outcome of an order; undefined while it is not known. */
async function outcomeOf(
  sent: string,
  { id, decisions }: Incident,
  { person }: Reader,
  table: string,
): Promise<string | undefined> {
  const decision = decisions.find((one) => one.id === sent)
  if (decision) return decision.says === inProgress ? undefined : decision.says
  const code = await readCodeReply({ incident: id, person, table })
  return code?.order === sent ? code.says : undefined
}
