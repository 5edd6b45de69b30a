import { Argument, Command, Option } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { exampleLines } from '../print/examples.ts'
import type { CommandRow, CommandValue } from '../shell/command.ts'
import { commands, common, families, firstSteps } from './table.ts'

/** Runs a command that was parsed, with its values by name. */
export type PerformCommand = (row: CommandRow, values: Record<string, unknown>) => Promise<void>

/** The command tree, made from the table. It prints only help and never exits the process: errors are thrown. */
export function programOf(perform: PerformCommand): Command {
  const program = new Command('portcullis')
    .description('See what was contained, decide, and undo it.')
    .version(manifest.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('before', () => exampleLines(firstSteps))
    .helpCommand('help [command]', 'the same as <command> --help')
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 })
    .configureOutput({ outputError: () => {} })
    .exitOverride()
  for (const { env, value, ...option } of common) {
    const made = optionOf(option)
    if (env) made.env(env)
    program.addOption(value ? made.default(value) : made)
  }
  const parents = new Map<string, Command>()
  for (const row of commands) {
    const place = { isDefault: row.isDefault ?? false }
    parentOf(row, program, parents).addCommand(commandOf(row, program, perform), place)
  }
  return program
}

function parentOf({ name }: CommandRow, program: Command, parents: Map<string, Command>): Command {
  const [first = '', second] = name.split(' ')
  if (!second) return program
  const known = parents.get(first)
  if (known) return known
  const { summary = '', group = '' } = families[first] ?? {}
  const parent = described(program.command(first), summary).helpGroup(group)
  const own = commands.filter((row) => row.name.startsWith(`${first} `))
  parent.addHelpText('before', () => exampleLines(own.flatMap(({ examples }) => examples).slice(0, 5)))
  parents.set(first, parent)
  return parent
}

function commandOf(row: CommandRow, program: Command, perform: PerformCommand): Command {
  const command = described(new Command(row.name.split(' ').at(-1)), row.summary)
    .copyInheritedSettings(program)
    .helpGroup(row.group)
    .addHelpText('before', () => exampleLines(row.examples))
  for (const value of row.arguments ?? []) command.addArgument(argumentOf(value))
  for (const option of row.options ?? []) command.addOption(optionOf(option))
  return command.action(() => {
    const named = command.registeredArguments.map((one, at) => [one.name(), command.processedArgs[at]])
    return perform(row, { ...command.optsWithGlobals(), ...Object.fromEntries(named) })
  })
}

function argumentOf({ flags, says, choices }: CommandValue): Argument {
  const argument = new Argument(flags, says)
  return choices ? argument.choices(choices) : argument
}

function optionOf({ flags, says, choices, required }: CommandValue & { required?: boolean }): Option {
  const option = new Option(flags, says).makeOptionMandatory(required ?? false)
  return choices ? option.choices(choices) : option
}

/** The summary as it is in a list, and as a sentence at the top of the command's own help. */
const described = (command: Command, summary: string): Command =>
  command.summary(summary).description(`${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`)
