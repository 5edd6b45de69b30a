import { incidentText } from '../../../responders/messages/text/incident-text.ts'
import { viewOf } from '../../../responders/messages/view/view-of.ts'
import { findIncident } from '../../decide/find-incident.ts'
import { momentsOf } from '../../print/moments.ts'
import { timelineLines } from '../../print/timeline.ts'
import { narrowed } from '../../print/wrap.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

/** `portcullis incidents show`: everything recorded about an incident, in order of time. */
export async function run({ id }: { id: string }, io: Io): Promise<number> {
  const { incident } = await findIncident(id, io)
  if (io.json) {
    io.document({ incident })
    return exits.ok
  }
  io.print(
    ...narrowed(incidentText(viewOf(incident, new Date())), io.width),
    '',
    io.paint('bold', 'Timeline'),
  )
  io.print(...timelineLines(momentsOf(incident), io.width, io.paint))
  return exits.ok
}
