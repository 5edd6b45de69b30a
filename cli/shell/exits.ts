/** What the shell is told. Every command means the same by them. */
export const exits = {
  ok: 0,
  /** It went wrong at run time. */
  failed: 1,
  /** The command line was wrong, or nobody could be asked. */
  usage: 2,
  /** A check or a test failed. */
  invalid: 3,
  /** Changes are pending (only where it is asked for). */
  pending: 4,
  /** Refused, expired, or waiting for somebody else. */
  refused: 5,
  /** Credentials or permission. */
  credentials: 6,
  /** Somebody was faster: drift, decided already, another plan. */
  conflict: 7,
  /** Some of it was done. */
  partial: 8,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const

export type Exit = (typeof exits)[keyof typeof exits]
