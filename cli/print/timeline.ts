import type { Paint, Style } from '../../lib/text/paint.ts'
import { printedSpan } from './clock.ts'
import type { PrintedMoment } from './moments.ts'
import { wrapPrinted } from './wrap.ts'

const maxWidth = 100
/** On a narrower terminal the text is below the time instead of beside it. */
const minWidthForColumns = 64
/** A shorter gap between two entries is not printed. */
const minGapMs = 2000

const styles: Record<string, Style> = {
  contained: 'good',
  failed: 'bad',
  drifted: 'bad',
  proposed: 'ask',
  event: 'dim',
  message: 'dim',
}

/** The lines of a timeline, with the date before the first entry of each day. Long texts are wrapped, never cut. */
export function timelineLines(moments: PrintedMoment[], width: number | undefined, paint: Paint): string[] {
  const room = Math.min(width ?? maxWidth, maxWidth)
  const labels = Math.max(8, ...moments.map(({ what }) => what.length))
  const narrow = room < minWidthForColumns
  const indent = narrow ? 4 : '  HH:MM:SS  '.length + labels + 2
  let day = ''
  let before = ''
  return moments.flatMap(({ at, what, says }) => {
    const today = at.slice(0, 10)
    const heading = today === day ? [] : [paint('dim', `  ${today} UTC`)]
    const passed = before && at ? Date.parse(at) - Date.parse(before) : 0
    const gap = passed >= minGapMs ? ` (+${printedSpan(passed)})` : ''
    ;[day, before] = [today, at || before]
    const label = paint(styles[what] ?? 'plain', what) + (narrow ? '' : ' '.repeat(labels - what.length))
    const [first = '', ...rest] = wrapPrinted(`${says}${gap}`, room - indent)
    const head = `  ${at.slice(11, 19) || ' '.repeat(8)}  ${label}`
    const margin = ' '.repeat(indent)
    return [
      ...heading,
      ...(narrow ? [head, margin + first] : [`${head}  ${first}`]),
      ...rest.map((line) => margin + line),
    ]
  })
}
