import { patternCodes as patterns } from '../../matching/codes.ts'
import { authoringCodes as authoring } from '../authoring/codes.ts'
import { isFatal } from '../authoring/finding.ts'
import { problemCodes } from '../shell/codes.ts'
import { exits } from '../shell/exits.ts'

/** What there is to say of a code. */
export interface Page {
  code: string
  /** What the shell is told when a command ends with it; nothing of a warning. */
  exit: number | undefined
  means: string
  why?: string
  do: string
}

const ofFinding = ([code, { title, why, fix }]: [
  string,
  { title: string; why: string; fix: string },
]): Page => ({
  code,
  exit: isFatal(code) ? exits.invalid : undefined,
  means: `${title.charAt(0).toUpperCase()}${title.slice(1)}.`,
  why,
  do: fix,
})

/** Every code that anything of Portcullis shows: of commands, of patterns, of what authors write. */
export const pages: readonly Page[] = [
  ...Object.entries(problemCodes).map(([code, { exit, means, do: advice }]) => ({
    code,
    exit,
    means,
    do: advice,
  })),
  ...Object.entries({ ...patterns, ...authoring })
    .sort(byCode)
    .map(ofFinding),
]

// Numbers first: what is refused and what is only doubted of one thing stand near each other.
function byCode([a]: [string, unknown], [b]: [string, unknown]): number {
  return a.slice(1) + a[0] < b.slice(1) + b[0] ? -1 : 1
}
