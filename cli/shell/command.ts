import type { Io } from './io.ts'

/** Where a value comes from when Tab is pressed. */
export type Source = 'incidents' | 'playbooks' | 'codes'

/** One row of the table of commands: all that help and completion say of it; the rest is loaded when it runs. */
export interface CommandRow {
  /** `incidents show`: what is typed. */
  name: string
  group: 'See' | 'Decide' | 'Stop' | 'Operate' | 'Write' | 'Help'
  summary: string
  /** What is typed, and what it is for; help begins with them. */
  examples: [string, string][]
  /** In their order: `<id>` must be given, `[id]` may be. */
  arguments?: CommandValue[]
  options?: Option[]
  /** Whether it runs when only the first word of its name is typed. */
  isDefault?: boolean
  /** Gets the values by their names, in camel case, and gives the exit code. */
  load(): Promise<{ run(values: never, io: Io): Promise<number> }>
}

export interface CommandValue {
  /** `<id>`, `[playbook]`, `--plan <hash>`. */
  flags: string
  says: string
  choices?: readonly string[]
  from?: Source
}

export interface Option extends CommandValue {
  required?: boolean
}
