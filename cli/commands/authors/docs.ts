import { similar } from '../../../lib/text/similar.ts'
import { tableLines } from '../../print/table.ts'
import { wrapPrinted } from '../../print/wrap.ts'
import { problemCodes } from '../../shell/codes.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'
import { type CodePage, codePages } from '../code-pages.ts'

/** `portcullis docs`: explains the codes of errors and warnings, without a network. */
export function run({ code }: { code?: string }, io: Io): Promise<number> {
  const chosen = code === undefined ? codePages : [known(code)]
  if (io.json) io.document(documentOf(chosen))
  else io.print(...(code === undefined ? allOf(chosen, io) : chosen.flatMap((page) => linesOf(page, io))))
  return Promise.resolve(exits.ok)
}

/** `codes`: errors of commands; `findings`: errors and warnings of `portcullis validate`. */
function documentOf(chosen: readonly CodePage[]): object {
  const isOfCommands = ({ code }: CodePage) => Object.hasOwn(problemCodes, code)
  const named = (some: readonly CodePage[]) =>
    Object.fromEntries(some.map(({ code, ...rest }) => [code, rest] as const))
  return {
    codes: named(chosen.filter(isOfCommands)),
    findings: named(chosen.filter((page) => !isOfCommands(page))),
  }
}

function linesOf({ code, exit, means, why, do: advice }: CodePage, { width = 80, paint }: Io): string[] {
  const kind = exit === undefined ? 'warning' : 'error'
  const paragraphs = [means, why, advice].filter((text) => text !== undefined)
  return [
    `${paint('bold', `${kind}[${code}]`)}${exit === undefined ? '' : `   exit ${exit}`}`,
    ...paragraphs.flatMap((text) => ['', ...wrapPrinted(text, width)]),
  ]
}

function allOf(chosen: readonly CodePage[], io: Io): string[] {
  const rows = chosen.map(({ code, exit, means }) => [
    { text: exit === undefined ? '' : String(exit), right: true },
    { text: code },
    { text: means, style: 'dim' as const },
  ])
  return tableLines([[{ text: 'exit' }, { text: 'code' }, { text: 'means' }], ...rows], { ...io, gives: 2 })
}

function known(code: string): CodePage {
  const page = codePages.find((one) => one.code.toLowerCase() === code.toLowerCase())
  if (page) return page
  const meant = similar(
    code,
    codePages.map((one) => one.code),
  )
  throw new Problem('unknown-code', `"${code}" is not an error code`, {
    fix: meant ? `Did you mean ${meant}?   portcullis docs` : 'portcullis docs',
  })
}
