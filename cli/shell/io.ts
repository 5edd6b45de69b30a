import type { Paint } from '../../lib/text/paint.ts'
import type { CliSettings } from './settings.ts'

/** Everything a command may touch of the world around it, besides AWS. */
export interface Io {
  settings: CliSettings
  /** Whether a program reads: documents on stdout, and nothing else anywhere but errors. */
  json: boolean
  /** How wide the terminal is; nothing where there is none, and nothing is cut then. */
  width: number | undefined
  paint: Paint
  /** Lines of data, on stdout. */
  print(...lines: string[]): void
  /** One document, on stdout. */
  document(value: object): void
  /** One object a line, on stdout: a stream. False once nobody reads any more. */
  line(value: object): boolean
  /** Lines about what goes on, on stderr; none with --json. */
  note(...lines: string[]): void
  /** Asks before something is changed. Throws `cannot-ask` naming what to give instead where nobody can be asked. */
  confirm(question: string, instead: string): Promise<boolean>
  /** Asks for a line, in the same way. */
  ask(question: string, instead: string): Promise<string>
  /** Waits for what is only read, and says on a terminal what goes on when it takes long. */
  wait<T>(says: string, work: Promise<T>): Promise<T>
  /** Waits for what changes something; in a log there is a line of it, too. */
  step<T>(says: string, work: Promise<T>): Promise<T>
  /** From now on Ctrl-C says this of what is done. */
  ifStopped(says: string): void
}
