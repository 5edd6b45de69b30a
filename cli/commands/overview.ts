import { commands, families, firstSteps } from './table.ts'
import { exampleLines } from '../print/examples.ts'
import type { CommandRow } from '../shell/command.ts'

const groups: CommandRow['group'][] = ['See', 'Decide', 'Stop', 'Operate', 'Write', 'Help']

/** What `portcullis` alone says: one screen, however many commands there are. */
export function overview(): string {
  const first = (name: string) => name.split(' ')[0] ?? name
  const names = (group: CommandRow['group']) => [
    ...new Set(
      commands
        .filter((row) => (families[first(row.name)] ?? row).group === group)
        .map((row) => first(row.name)),
    ),
  ]
  return [
    'portcullis: see what was contained, decide, and take it back.',
    '',
    exampleLines(firstSteps),
    'Commands',
    ...groups.map((group) => `  ${group.padEnd(8)}${names(group).join(', ')}`),
    '',
    '  portcullis --help            every command',
    '  portcullis <command> --help  its options, with examples',
  ].join('\n')
}
