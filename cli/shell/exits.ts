/** Exit codes; they mean the same for every command. */
export const exits = {
  ok: 0,
  failed: 1,
  usage: 2,
  invalid: 3,
  pending: 4,
  refused: 5,
  credentials: 6,
  conflict: 7,
  partial: 8,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const

export type Exit = (typeof exits)[keyof typeof exits]

export const exitMeanings: Record<keyof typeof exits, string> = {
  ok: 'done',
  failed: 'an error at run time',
  usage: 'the command line is wrong, or confirmation was needed and there is no terminal',
  invalid: 'a check or a test failed',
  pending: 'changes are pending (only with --detailed-exitcode)',
  refused: 'the decision was refused, or needs another approval',
  credentials: 'AWS credentials or permissions',
  conflict: 'something changed first: drift, an earlier decision, another plan',
  partial: 'only a part was done',
  interrupted: 'Ctrl-C',
}
