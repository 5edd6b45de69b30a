import * as z from 'zod'

/** The identifiers of the journal, as orders, buttons and links carry them. */
export const incidentIdShape = z.string().regex(/^inc-[0-9a-f]{8}$/, 'is not a valid incident id')
export const containmentIdShape = z.string().regex(/^c-[0-9a-f]{16}$/, 'is not a valid containment id')
export const planHashShape = z
  .string()
  .regex(/^[0-9a-f]{7,64}$/, 'is not a valid plan hash; give at least its first seven digits')
