import type { Event } from '../../engine/rule.ts'
import { namesIn, readProjectFile } from '../shell/project.ts'

/** A recorded event of a rule. `fires*.json` must fire the rule; every other file must narrowly fail to. */
export interface RecordedEvent {
  file: string
  path: string
  fires: boolean
  event: Event
}

/** The events in test/events/<rule>/. Throws a SyntaxError that names the file when it is not valid JSON. */
export const recordedEventsOf = (rule: string): RecordedEvent[] =>
  namesIn(`test/events/${rule}`, '.json').map((file) => {
    const path = `test/events/${rule}/${file}`
    return { file, path, fires: file.startsWith('fires'), event: eventIn(path) }
  })

function eventIn(path: string): Event {
  try {
    return JSON.parse(readProjectFile(path) ?? 'null')
  } catch (cause) {
    throw new SyntaxError(`${path} is not valid JSON: ${(cause as Error).message}`, { cause })
  }
}
