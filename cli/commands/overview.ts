import { exampleLines } from '../print/examples.ts'
import { type CommandGroup, commandGroups } from '../shell/command.ts'
import { commands, families, firstSteps } from './table.ts'

/** The output of `portcullis` without a command: one screen, however many commands there are. */
export function overview(): string {
  const first = (name: string) => name.split(' ')[0] ?? name
  const names = (group: CommandGroup) => [
    ...new Set(
      commands
        .filter((row) => (families[first(row.name)] ?? row).group === group)
        .map((row) => first(row.name)),
    ),
  ]
  return [
    'portcullis: see what was contained, decide, and undo it.',
    '',
    exampleLines(firstSteps),
    'Commands',
    ...commandGroups.map((group) => `  ${group.padEnd(8)}${names(group).join(', ')}`),
    '',
    '  portcullis --help            all commands, with a summary of each',
    '  portcullis <command> --help  examples, arguments and options of one command',
  ].join('\n')
}
