import { paintFor } from '../../lib/text/paint.ts'
import { heading, layOut } from './layout.ts'
import type { StoryMoment, TellStory } from './moment.ts'
import { summaryLines } from './summary.ts'
import { wordsOf } from './words.ts'

const [narrowest, widest] = [60, 110]

/** Prints the replay for people, line by line as it happens. While releases are awaited one line is rewritten. */
export function toTerminal(out: NodeJS.WriteStream): TellStory {
  const paint = paintFor(out)
  const width = Math.min(Math.max(out.columns ?? 100, narrowest), widest)
  let chapter: string | undefined
  let passing = false
  return (moment, attack) => {
    if (passing) out.write('\r\u001b[2K')
    passing = moment.type === 'waiting' && out.isTTY
    const lines = linesOf(moment, attack)
    out.write(passing ? (lines[0] ?? '') : lines.map((line) => `${line}\n`).join(''))
  }

  function linesOf(moment: StoryMoment, attack: string | undefined): string[] {
    switch (moment.type) {
      case 'setup':
        // On a terminal listr2 shows it; elsewhere a finished step is one line.
        return out.isTTY ? [] : [`✓ ${moment.says} ${(moment.ms / 1000).toFixed(1)} s`]
      case 'summary':
        return summaryLines(moment, width, paint)
      case 'chapter':
        chapter = undefined
        return heading(moment.title, width, paint)
      case 'attack':
        chapter = moment.name
        return heading(moment.title, width, paint, `${moment.number}/${moment.of}`)
      case 'waiting':
        if (!out.isTTY && moment.ended > 0) return []
        break
    }
    const row = wordsOf(moment)
    // A row of an earlier attack names that attack.
    return layOut(attack !== undefined && attack !== chapter ? { ...row, aside: attack } : row, width, paint)
  }
}
