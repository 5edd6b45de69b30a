import { preview, type Surface } from '../../messages/preview.ts'
import type { State } from '../../messages/view.ts'
import { exits } from '../exits.ts'
import type { Io } from '../io.ts'

interface Typed {
  state: State
  to: Surface
  hostile?: boolean
}

/** `portcullis notify preview`: what people would be told; nothing is sent. */
export function run({ state, to, hostile = false }: Typed, io: Io): Promise<number> {
  const message = preview(state, to, { hostile })
  if (io.json) io.document({ state, to, message: to === 'slack' ? JSON.parse(message) : message })
  else io.print(message)
  return Promise.resolve(exits.ok)
}
