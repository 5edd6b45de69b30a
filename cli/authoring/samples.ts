import type { Event } from '../../engine/rule.ts'
import { namesIn, readProjectFile } from '../shell/project.ts'

/** An event that was recorded for a rule: `fires*.json` are to fire it, all others narrowly not. */
export interface Sample {
  file: string
  path: string
  fires: boolean
  event: Event
}

/** The events in test/events/<rule>/. Throws a SyntaxError naming the file of what is no JSON. */
export const samplesOf = (rule: string): Sample[] =>
  namesIn(`test/events/${rule}`, '.json').map((file) => {
    const path = `test/events/${rule}/${file}`
    return { file, path, fires: file.startsWith('fires'), event: eventIn(path) }
  })

function eventIn(path: string): Event {
  try {
    return JSON.parse(readProjectFile(path) ?? 'null')
  } catch (cause) {
    throw new SyntaxError(`${path} is no JSON: ${(cause as Error).message}`, { cause })
  }
}
