import { createHmac, timingSafeEqual } from 'node:crypto'

/** The person and the incident of a verified review link. */
export interface Reader {
  incident: string
  token: string
  person: string
}

/** Binds a form to the incident, the containment and the plan that its page showed: it can decide nothing else. */
export const bindingOf = (token: string, ...shown: string[]): string =>
  createHmac('sha256', token).update(shown.join('.')).digest('base64url')

export function isBound(given: string, token: string, ...shown: string[]): boolean {
  const [expected, actual] = [Buffer.from(bindingOf(token, ...shown)), Buffer.from(given)]
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
