import { previewMessage, type Surface } from '../../../responders/messages/samples/preview.ts'
import type { IncidentState } from '../../../responders/messages/view/incident-view.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  state: IncidentState
  to: Surface
  hostile?: boolean
}

/** `portcullis notify preview`: a notification as it would be sent; nothing is sent. */
export function run({ state, to, hostile = false }: Typed, io: Io): Promise<number> {
  const message = previewMessage(state, to, { hostile })
  if (io.json) io.document({ state, to, message: to === 'slack' ? JSON.parse(message) : message })
  else io.print(message)
  return Promise.resolve(exits.ok)
}
