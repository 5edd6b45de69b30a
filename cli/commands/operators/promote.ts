import { writeFileSync } from 'node:fs'
import type { Containment } from '../../../engine/journal/record.ts'
import { lowerMode, type Mode, type Rule } from '../../../engine/rule.ts'
import { similar } from '../../../lib/text/similar.ts'
import { rules } from '../../../rules/index.ts'
import { diffLines, type Edit, withCeiling, withMode } from '../../operate/standing/promotion.ts'
import type { Standing } from '../../operate/standing/standing.ts'
import { standingLines } from '../../operate/standing/standing-lines.ts'
import { standingOf } from '../../operate/standing/standing-of.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'
import { playbookNames } from '../../shell/playbook-names.ts'
import { listedIn, readProjectFile, root } from '../../shell/project.ts'

interface Typed {
  what: string
  to: Mode
}

const ceilingFile = 'serverless.yml'

/** What is promoted: the file with its mode, and which containments of the journal concern it. */
interface PromotionTarget {
  name: string
  path: string
  edit(text: string): Omit<Edit, 'path'>
  about(one: Containment): boolean
}

/** `portcullis promote`: changes one line for review and prints the evidence for it; deploys nothing. */
export async function run({ what, to }: Typed, io: Io): Promise<number> {
  const { stage, table } = io.settings
  const { name, path, edit, about } =
    what === 'stage' || what === stage ? ceilingOf(stage, to) : ruleOf(what, to, stage)
  const change: Edit = { path, ...edit(readProjectFile(path) ?? '') }
  const record = await io.wait('reading the journal', standingOf(table, about)).catch((error: Error) => error)
  if (change.before !== change.after) writeFileSync(root + path, change.after)
  if (io.json) io.document(documentOf(name, to, change, record))
  else print(name, to, change, record, io)
  return exits.ok
}

function print(name: string, to: Mode, change: Edit, record: Standing[] | Error, io: Io): void {
  const { stage } = io.settings
  const { path } = change
  const said = saidOf(record, io)
  if (change.before === change.after) {
    const bound = `The ceiling of the stage may be lower: portcullis promote stage --stage ${stage} --to ${to}`
    io.print(`${name} is already at ${to}.`, ...(path === ceilingFile ? [] : [bound]), '', ...said)
    return
  }
  const [place = '', ...lines] = diffLines(change)
  const paint = (line: string) => io.paint(line.startsWith('+') ? 'good' : 'bad', line)
  io.print(
    place,
    ...lines.map(paint),
    '',
    ...said,
    '',
    'Nothing was deployed. Next steps:',
    ...nextOf(name, to, change, stage),
  )
}

/** The evidence for and against: the report of the playbooks concerned. */
function saidOf(record: Standing[] | Error, io: Io): string[] {
  if (record instanceof Error)
    return [`The journal of stage ${io.settings.stage} could not be read: ${record.message || record.name}`]
  return record.length > 0
    ? standingLines(record, io)
    : ['The journal has no record of it: there is no evidence yet of what it would do.']
}

const nextOf = (name: string, to: Mode, { path }: Edit, stage: string): string[] => [
  `  git switch -c promote-${name.replaceAll(' ', '-')}-to-${to}`,
  `  git commit -m "Let ${name} ${to}" ${path}`,
  '  gh pr create --fill',
  `  portcullis deploy --stage ${stage}      after the review`,
]

function documentOf(name: string, to: Mode, change: Edit, record: Standing[] | Error): object {
  const { path, was } = change
  const changed = change.before !== change.after
  const known = record instanceof Error ? { unread: record.message || record.name } : { playbooks: record }
  return {
    promoted: name,
    to,
    was,
    changed,
    file: path,
    diff: changed ? diffLines(change).slice(1) : [],
    report: known,
  }
}

const ceilingOf = (stage: string, to: Mode): PromotionTarget => ({
  name: `stage ${stage}`,
  path: ceilingFile,
  edit: (text) => withCeiling(text, stage, to),
  about: () => true,
})

/** The rule of this name, or the only one that calls the playbook of this name. */
function ruleOf(what: string, to: Mode, stage: string): PromotionTarget {
  const callers = rules.filter(({ name, then }) => name === what || what in then)
  const [only] = callers.filter(({ name }) => name === what).concat(callers.length === 1 ? callers : [])
  if (only)
    return {
      name: only.name,
      path: listedIn('rules').get(only.name) ?? '',
      edit: (text) => withMode(text, to),
      about: ({ rule }) => rule === only.name,
    }
  if (callers.length > 1) throw several(what, callers, to, stage)
  const names = ['stage', ...rules.map(({ name }) => name), ...playbookNames()]
  const meant = similar(what, names)
  throw new Problem('usage', `"${what}" is neither a rule nor a playbook that a rule calls`, {
    fix: meant ? `Did you mean ${meant}?   portcullis promote --help` : 'portcullis promote --help',
  })
}

function several(what: string, callers: Rule[], to: Mode, stage: string): Problem {
  const below = callers.filter(({ mode }) => lowerMode(mode, to) !== to)
  const where = callers.map(({ name, mode }) => `${name}  ${mode}`).join('\n')
  const first = below[0]?.name
  return new Problem('usage', `${callers.length} rules call ${what}`, {
    where,
    why: first
      ? 'each rule is promoted on its own'
      : `they all allow ${to} already; the ceiling of the stage limits them`,
    fix: first
      ? `portcullis promote ${first} --to ${to}`
      : `portcullis promote stage --stage ${stage} --to ${to}`,
  })
}
