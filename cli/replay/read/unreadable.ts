import { Problem } from '../../shell/errors.ts'

/** The problem for an input without a readable event. */
export const unreadableInput = (where: string, why: string, fix: string): Problem =>
  new Problem('unreadable', 'the input has no readable event', { where, why, fix })
