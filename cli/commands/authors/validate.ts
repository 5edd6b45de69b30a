import type { AuthoringFinding } from '../../authoring/finding.ts'
import { validate } from '../../authoring/validate.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

/** `portcullis validate`: validates rules, playbooks, exceptions and stages. Exit code 3 on errors; warnings alone pass. */
export function run(_: object, io: Io): Promise<number> {
  const { rules, playbooks, findings } = validate()
  const errors = findings.filter(({ level }) => level === 'error').length
  const warnings = findings.length - errors
  if (io.json) io.document({ valid: errors === 0, rules, playbooks, errors, warnings, findings })
  else {
    io.print(...findings.flatMap((one) => [...linesOf(one, io), '']))
    const verdict = errors > 0 ? io.paint('bad', '✗') : io.paint('good', '✓')
    io.print(
      `${verdict} ${rules} rules and ${playbooks} playbooks: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
    )
  }
  return Promise.resolve(errors > 0 ? exits.invalid : exits.ok)
}

function linesOf(
  { code, level, title, problem, where, why, fix }: AuthoringFinding,
  { paint }: Io,
): string[] {
  const style = level === 'error' ? 'bad' : 'ask'
  return [
    `${paint(style, `${level}[${code}]`)} ${title}`,
    `  where  ${where}   ${problem}`,
    `  why    ${why}`,
    `  docs   portcullis docs ${code}`,
    `  fix    ${fix}`,
  ]
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
