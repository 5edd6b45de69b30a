import type { Paint, Style } from '../../lib/text/paint.ts'
import { printedSpan } from './clock.ts'
import type { PrintedMoment } from './moments.ts'
import { wrapPrinted } from './wrap.ts'

const widest = 100
/** On a narrower terminal what happened stands below its time. */
const roomForColumns = 64
/** From here on a pause is worth a word: it is what an incident is judged by. */
const pauseMs = 2000

const styles: Record<string, Style> = {
  contained: 'good',
  failed: 'bad',
  drifted: 'bad',
  proposed: 'ask',
  event: 'dim',
  message: 'dim',
}

/** What happened, one thing after the other, a day's date before its first; nothing is cut, long texts are wrapped. */
export function timelineLines(moments: PrintedMoment[], width: number | undefined, paint: Paint): string[] {
  const room = Math.min(width ?? widest, widest)
  const labels = Math.max(8, ...moments.map(({ what }) => what.length))
  const narrow = room < roomForColumns
  const indent = narrow ? 4 : '  HH:MM:SS  '.length + labels + 2
  let day = ''
  let before = ''
  return moments.flatMap(({ at, what, says }) => {
    const today = at.slice(0, 10)
    const heading = today === day ? [] : [paint('dim', `  ${today} UTC`)]
    const passed = before && at ? Date.parse(at) - Date.parse(before) : 0
    const pause = passed >= pauseMs ? ` (+${printedSpan(passed)})` : ''
    ;[day, before] = [today, at || before]
    const label = paint(styles[what] ?? 'plain', what) + (narrow ? '' : ' '.repeat(labels - what.length))
    const [first = '', ...rest] = wrapPrinted(`${says}${pause}`, room - indent)
    const head = `  ${at.slice(11, 19) || ' '.repeat(8)}  ${label}`
    const margin = ' '.repeat(indent)
    return [
      ...heading,
      ...(narrow ? [head, margin + first] : [`${head}  ${first}`]),
      ...rest.map((line) => margin + line),
    ]
  })
}
