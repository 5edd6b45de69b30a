import type { Argument, Command, Option } from 'commander'
import { programOf } from '../../cli/commands/program.ts'
import { commands } from '../../cli/commands/table.ts'
import type { CommandRow } from '../../cli/shell/command.ts'
import { exitMeanings, exits } from '../../cli/shell/exits.ts'
import { anchorOf, block, code, list, page, table } from './markdown.ts'

/** Every command, from the same tree that parses them. */
export function cli(): string {
  const program = programOf(async () => {})
  const rows = commands.map((row) => [`[${row.name}](#${anchorOf(`portcullis ${row.name}`)})`, row.summary])
  return page(
    'Command line',
    'the tables in cli/commands/',
    table(['command', 'does'], rows),
    '## Options of every command',
    optionsOf(program.options),
    ...commands.flatMap((row) => sectionOf(row, commandOf(program, row))),
    '## Exit codes',
    table(
      ['code', 'name', 'means'],
      Object.entries(exits).map(([name, exit]) => [
        String(exit),
        name,
        exitMeanings[name as keyof typeof exits],
      ]),
    ),
  )
}

function commandOf(program: Command, { name }: CommandRow): Command {
  const found = name
    .split(' ')
    .reduce<Command | undefined>((at, word) => at?.commands.find((one) => one.name() === word), program)
  if (!found) throw new Error(`The tree of commands has no ${name}.`)
  return found
}

function sectionOf({ name, summary, examples }: CommandRow, command: Command): string[] {
  return [
    `## portcullis ${name}`,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    block('sh', ...examples.flatMap(([typed, says]) => [`${typed}   # ${says}`])),
    ...(command.registeredArguments.length > 0 ? [argumentsOf(command.registeredArguments)] : []),
    ...(command.options.length > 0 ? [optionsOf(command.options)] : []),
  ]
}

const argumentsOf = (all: readonly Argument[]): string =>
  list(
    all.map((one) => {
      const name = one.required ? `<${one.name()}>` : `[${one.name()}]`
      return `${code(name)} ${one.description}${choicesOf(one.argChoices)}`
    }),
  )

const optionsOf = (all: readonly Option[]): string =>
  list(
    all.map((one) => {
      const more = [
        one.mandatory ? 'required' : '',
        one.envVar ? `environment: ${code(one.envVar)}` : '',
        typeof one.defaultValue === 'string' ? `default: ${code(one.defaultValue)}` : '',
      ].filter(Boolean)
      return `${code(one.flags)} ${one.description}${choicesOf(one.argChoices)}${more.length > 0 ? ` (${more.join('; ')})` : ''}`
    }),
  )

const choicesOf = (choices: readonly string[] | undefined): string =>
  choices ? `: ${choices.map(code).join(', ')}` : ''
