import type { StoryMoment, TellStory } from './moment.ts'

/** Prints the replay for programs: one JSON object per line, in order, the summary last. */
export const toJson =
  (out: NodeJS.WritableStream): TellStory =>
  (moment, attack) => {
    // Chapters are for people only.
    if (moment.type === 'chapter') return
    const { type } = moment
    const when = type === 'summary' ? {} : { time: new Date().toISOString(), ...(attack && { attack }) }
    out.write(`${JSON.stringify({ ...{ type, ...when }, ...brief(moment) })}\n`)
  }

/** A record by its identifiers, with its changes only where it is planned; a notice without its keys. */
function brief(moment: StoryMoment) {
  if (moment.type === 'notice') {
    const { kind, playbook, rule, says } = moment.notice
    return { kind, playbook, rule, says }
  }
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
