import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { similar } from '../../../lib/text/similar.ts'
import { playbooks } from '../../../playbooks/index.ts'
import { rules } from '../../../rules/index.ts'
import type { AuthoringCheck, Trial } from '../../authoring/check.ts'
import { tryPlaybook } from '../../authoring/try-playbook.ts'
import { tryRule } from '../../authoring/try-rule.ts'
import { tableLines } from '../../print/table.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'
import { root } from '../../shell/project.ts'

interface Typed {
  name?: string
  laws?: boolean
}

/** `portcullis test`: tests rules and playbooks without AWS; with `--laws`, also on emulators. */
export async function run({ name, laws = false }: Typed, io: Io): Promise<number> {
  const begun = performance.now()
  const trials = trialsOf(name)
  const seconds = (performance.now() - begun) / 1000
  const checks = trials.flatMap((trial) => trial.checks)
  const failed = checks.filter(({ passed }) => !passed).length
  if (io.json) io.document({ passed: checks.length - failed, failed, seconds, trials })
  else {
    for (const trial of trials) io.print(...linesOf(trial, name !== undefined, io))
    io.print('', `${checks.length - failed} passed, ${failed} failed, ${seconds.toFixed(2)} s`)
  }
  if (failed > 0) return exits.invalid
  return laws ? tryLaws(name, io) : exits.ok
}

function trialsOf(name: string | undefined): Trial[] {
  const playbook = (playbooks as readonly AnyPlaybook[]).filter(
    (one) => name === undefined || one.name === name,
  )
  const rule = rules.filter((one) => name === undefined || one.name === name)
  if (rule.length + playbook.length > 0) return [...playbook.map(tryPlaybook), ...rule.map(tryRule)]
  const known = [...playbooks, ...rules].map((one): string => one.name)
  const meant = similar(name ?? '', known)
  throw new Problem('usage', `"${name}" is neither a rule nor a playbook`, {
    fix: meant ? `Did you mean ${meant}?   portcullis test ${meant}` : 'portcullis test   tests all of them',
  })
}

/** One line per rule or playbook, and below it its failed checks; with `all`, every check. */
function linesOf({ kind, name, checks }: Trial, all: boolean, io: Io): string[] {
  const failed = checks.filter(({ passed }) => !passed)
  const sign = failed.length > 0 ? io.paint('bad', '✗') : io.paint('good', '✓')
  const head = `${sign} ${kind} ${name}   ${checks.length - failed.length} of ${checks.length}`
  const shown = all ? checks : failed
  const rows = shown.map((check) => [
    { text: `  ${check.passed ? '✓' : '✗'} ${check.what}`, style: check.passed ? 'good' : 'bad' } as const,
    { text: check.on.split('/').at(-1) ?? check.on },
    { text: check.says ?? '', style: 'dim' } as const,
  ])
  const lines = tableLines(rows, { ...io, gives: 2 })
  return [head, ...lines.flatMap((line, at) => [line, ...detailsOf(shown[at])])]
}

function detailsOf(check: AuthoringCheck | undefined): string[] {
  if (!check || check.passed) return []
  const rows = { where: check.where, fix: check.fix, docs: check.code && `portcullis docs ${check.code}` }
  return Object.entries(rows).flatMap(([label, text]) => (text ? [`      ${label.padEnd(5)}  ${text}`] : []))
}

/** Runs the laws as the project's own test run does; their output goes to stderr. */
async function tryLaws(name: string | undefined, io: Io): Promise<number> {
  const vitest = [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    'test/laws',
    ...(name ? ['-t', `^${name} `] : []),
  ]
  const child = spawn(process.execPath, vitest, { cwd: root, stdio: ['ignore', io.json ? 'ignore' : 2, 2] })
  io.ifStopped('The laws did not run to their end.')
  const [code] = await once(child, 'close')
  return code === 0 ? exits.ok : exits.invalid
}
