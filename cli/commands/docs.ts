import { type Code, codes } from '../codes.ts'
import { Problem } from '../errors.ts'
import { exits } from '../exits.ts'
import type { Io } from '../io.ts'
import { tableLines } from '../print/table.ts'
import { wrap } from '../print/wrap.ts'
import { similar } from '../similar.ts'

/** `portcullis docs`: what the codes of errors mean; it needs no network. */
export function run({ code }: { code?: string }, io: Io): Promise<number> {
  const chosen = code === undefined ? (Object.keys(codes) as Code[]) : [known(code)]
  if (io.json) io.document({ codes: Object.fromEntries(chosen.map((one) => [one, codes[one]])) })
  else io.print(...(code === undefined ? allOf(chosen, io) : pageOf(chosen, io)))
  return Promise.resolve(exits.ok)
}

function pageOf([code]: Code[], { width = 80, paint }: Io): string[] {
  if (!code) return []
  const { exit, means, do: advice } = codes[code]
  return [
    `${paint('bold', `error[${code}]`)}   exit ${exit}`,
    '',
    ...wrap(means, width),
    '',
    ...wrap(advice, width),
  ]
}

function allOf(chosen: Code[], io: Io): string[] {
  const rows = chosen.map((code) => [
    { text: String(codes[code].exit), right: true },
    { text: code },
    { text: codes[code].means, style: 'dim' as const },
  ])
  return tableLines([[{ text: 'exit' }, { text: 'code' }, { text: 'means' }], ...rows], { ...io, gives: 2 })
}

function known(code: string): Code {
  if (Object.hasOwn(codes, code)) return code as Code
  const meant = similar(code, Object.keys(codes))
  throw new Problem('unknown-code', `there is no error code "${code}"`, {
    fix: meant ? `Did you mean ${meant}?   portcullis docs` : 'portcullis docs',
  })
}
