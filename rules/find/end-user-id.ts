import { hash } from 'node:crypto'
import { identifiers } from '../../engine/identifiers.ts'

/** The `userId` of throttle-user's target: the application's own name of an end user, or its SHA-256 if it has another form. */
export const endUserIdOf = (user: string): string =>
  identifiers.userId.shape.test(user) ? user : `sha256:${hash('sha256', user, 'hex')}`
