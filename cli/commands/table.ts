import {
  type CommandExample,
  type CommandGroup,
  type CommandOption,
  type CommandRow,
  commandGroups,
} from '../shell/command.ts'
import { authorCommands } from './authors/table.ts'
import { operatorCommands } from './operators/table.ts'
import { responderCommands } from './responders/table.ts'

/** Options of every command, accepted before or after its name. Flags win over the environment. */
export const common: (CommandOption & { env?: string; value?: string })[] = [
  { flags: '--stage <name>', says: 'stage to work on', env: 'PORTCULLIS_STAGE', value: 'dev' },
  { flags: '--region <name>', says: 'AWS Region of the stage', env: 'PORTCULLIS_REGION' },
  { flags: '--profile <name>', says: 'AWS profile to use', env: 'PORTCULLIS_PROFILE' },
  { flags: '--json', says: 'print JSON, for scripts' },
  { flags: '--no-color', says: 'print without colors (or set NO_COLOR=1)' },
]

/** First words that several commands share. */
export const families: Record<string, { summary: string; group: CommandGroup }> = {
  incidents: { summary: 'list, show and export incidents', group: 'See' },
  notify: { summary: 'preview notifications', group: 'Help' },
}

/** The first commands of a new user. */
export const firstSteps: CommandExample[] = [
  ['portcullis incidents', 'what needs a decision'],
  ['portcullis approve inc-7f3a', 'shows the plan, then asks'],
  ['portcullis undo inc-7f3a --reason "load test"', 'restores what was changed'],
]

const all = [...responderCommands, ...authorCommands, ...operatorCommands]

/** Every command, in the order of the help. */
export const commands: CommandRow[] = commandGroups.flatMap((group) =>
  all.filter((row) => row.group === group),
)
