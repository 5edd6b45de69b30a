import type { Io } from './io.ts'

/** What Tab completes a value from. */
export type CompletionSource = 'incidents' | 'playbooks' | 'codes'

/** The sections of the help, in its order. */
export const commandGroups = ['See', 'Decide', 'Stop', 'Operate', 'Write', 'Help'] as const
export type CommandGroup = (typeof commandGroups)[number]

/** A command line with its explanation. */
export type CommandExample = [typed: string, says: string]

/** One row of the table of commands: everything that help and completion need; the rest is loaded when it runs. */
export interface CommandRow {
  /** As it is typed: `incidents show`. */
  name: string
  group: CommandGroup
  /** Without a capital and a full stop: the list shows it so, the command's own help makes a sentence of it. */
  summary: string
  /** The help begins with them. */
  examples: CommandExample[]
  /** In order: `<id>` is required, `[id]` is optional. */
  arguments?: CommandValue[]
  options?: CommandOption[]
  /** Runs when only the first word of its name is typed. */
  isDefault?: boolean
  /** `run` gets the values by name, in camel case, and returns the exit code. */
  load(): Promise<{ run(values: never, io: Io): Promise<number> }>
}

export interface CommandValue {
  /** `<id>`, `[playbook]`, `--plan <hash>`. */
  flags: string
  says: string
  choices?: readonly string[]
  from?: CompletionSource
}

export interface CommandOption extends CommandValue {
  required?: boolean
}
