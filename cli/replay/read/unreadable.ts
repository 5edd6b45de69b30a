import { Problem } from '../../shell/errors.ts'

/** That a file holds nothing that can be read: where, why, and what to do. */
export const unreadableLine = (where: string, why: string, fix: string): Problem =>
  new Problem('unreadable', 'there is no event that can be read', { where, why, fix })
