import type { Paint } from '../../lib/text/paint.ts'
import type { CliSettings } from './settings.ts'

/** Everything that a command uses besides AWS: settings, output and prompts. */
export interface Io {
  settings: CliSettings
  /** With --json: JSON on stdout, errors on stderr, and nothing else. */
  json: boolean
  /** Columns of the terminal; undefined for a pipe or a file, where nothing is cut. */
  width: number | undefined
  paint: Paint
  /** Prints lines of data on stdout. */
  print(...lines: string[]): void
  /** Prints one JSON document on stdout. */
  document(value: object): void
  /** Prints one object as a line of JSON on stdout. Returns false once the reader has closed the pipe. */
  line(value: object): boolean
  /** Prints progress and notes on stderr; nothing with --json. */
  note(...lines: string[]): void
  /** Asks for confirmation before a change. Throws `cannot-ask` without a terminal, naming the option to give instead. */
  confirm(question: string, instead: string): Promise<boolean>
  /** Asks for one line of text. Throws as `confirm` does. */
  ask(question: string, instead: string): Promise<string>
  /** Awaits a read; on a terminal it shows `says` while that takes long. */
  wait<T>(says: string, work: Promise<T>): Promise<T>
  /** Awaits a change; in a log it also leaves a line. */
  step<T>(says: string, work: Promise<T>): Promise<T>
  /** Sets what Ctrl-C prints about the work done so far. */
  ifStopped(says: string): void
}
