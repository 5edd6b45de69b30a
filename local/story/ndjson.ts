import type { Moment, Tell } from './moment.ts'

/** Tells the story to a program: one JSON object a line, in the order of things, the summary last. */
export const toJson =
  (out: NodeJS.WritableStream): Tell =>
  (moment, attack) => {
    const { type } = moment
    const when = type === 'summary' ? {} : { time: new Date().toISOString(), ...(attack && { attack }) }
    out.write(`${JSON.stringify({ ...{ type, ...when }, ...brief(moment) })}\n`)
  }

/** A record by what names it; what it changes is said once, where it is planned. */
function brief(moment: Moment) {
  if (!('record' in moment)) return moment
  const { record, ...said } = moment
  const { id: containment, incident, playbook, rule, target, due, plan } = record
  return {
    ...said,
    containment,
    incident,
    playbook,
    rule,
    target,
    ...(said.type === 'planned' && { due, plan }),
  }
}
