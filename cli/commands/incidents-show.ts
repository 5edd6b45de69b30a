import { textOf } from '../../messages/terminal.ts'
import { viewOf } from '../../messages/view-of.ts'
import { exits } from '../exits.ts'
import { find } from '../find.ts'
import type { Io } from '../io.ts'
import { momentsOf } from '../print/moments.ts'
import { timelineLines } from '../print/timeline.ts'
import { narrowed } from '../print/wrap.ts'

/** `portcullis incidents show`: everything known and done, in the order of time. */
export async function run({ id }: { id: string }, io: Io): Promise<number> {
  const { incident } = await find(id, io)
  if (io.json) {
    io.document({ incident })
    return exits.ok
  }
  io.print(...narrowed(textOf(viewOf(incident, new Date())), io.width), '', io.paint('bold', 'Timeline'))
  io.print(...timelineLines(momentsOf(incident), io.width, io.paint))
  return exits.ok
}
