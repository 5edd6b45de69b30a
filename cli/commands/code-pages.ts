import { patternCodes as patterns } from '../../matching/codes.ts'
import { authoringCodes as authoring } from '../authoring/codes.ts'
import { isFatal } from '../authoring/finding.ts'
import { problemCodes } from '../shell/codes.ts'
import { exits } from '../shell/exits.ts'

/** The explanation of one code. */
export interface CodePage {
  code: string
  /** Exit code of a command that ends with it; undefined for a warning. */
  exit: number | undefined
  means: string
  why?: string
  do: string
}

const ofFinding = ([code, { title, why, fix }]: [
  string,
  { title: string; why: string; fix: string },
]): CodePage => ({
  code,
  exit: isFatal(code) ? exits.invalid : undefined,
  means: `${title.charAt(0).toUpperCase()}${title.slice(1)}.`,
  why,
  do: fix,
})

/** Every code that Portcullis prints: of commands, of event patterns, of rules and playbooks. */
export const codePages: readonly CodePage[] = [
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

// By number first, so that the error and the warning about the same thing are neighbors.
function byCode([a]: [string, unknown], [b]: [string, unknown]): number {
  return a.slice(1) + a[0] < b.slice(1) + b[0] ? -1 : 1
}
