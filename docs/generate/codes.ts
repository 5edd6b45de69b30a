import { type CodePage, codePages } from '../../cli/commands/code-pages.ts'
import { page } from './markdown.ts'

/** Every code of an error or warning. */
export const codesPage = (): string =>
  page(
    'Error codes',
    'cli/shell/codes.ts, matching/codes.ts and cli/authoring/codes.ts',
    '`portcullis docs <code>` shows the same without a network.',
    ...codePages.map(sectionOf),
  )

const sectionOf = ({ code, exit, means, why, do: advice }: CodePage): string =>
  [`## ${code}`, [means, why].filter(Boolean).join(' '), `**Do:** ${advice}`, exitOf(exit)]
    .filter(Boolean)
    .join('\n\n')

const exitOf = (exit: number | undefined): string =>
  exit === undefined ? 'A warning: the command goes on.' : `Exit code ${exit}.`
