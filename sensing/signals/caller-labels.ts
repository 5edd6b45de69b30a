import { at, definedFields, type Fields, get, isFields } from './fields.ts'
import { ownId } from './identifier.ts'

/** What an application says of whose call it is. */
export interface CallerLabels {
  user?: string
  tenant?: string
  session?: string
}

const spellings = {
  user: ['userId', 'user', 'endUser', 'endUserId', 'user_id', 'sub'],
  tenant: ['tenantId', 'tenant', 'tenant_id'],
  session: ['sessionId', 'session', 'conversationId', 'session_id'],
}

/**
 * End user, tenant and session from the first of the places that names them. `requestMetadata` is what callers give
 * Bedrock with a request, `metadata` what they give Anthropic's and OpenAI's interfaces: claims, all of them.
 */
export const callerLabelsOf = (...places: unknown[]): CallerLabels =>
  definedFields<CallerLabels>({
    user: first(places, spellings.user),
    tenant: first(places, spellings.tenant),
    session: first(places, spellings.session),
  })

/** Where a request or record may say whose it is. */
export const placesIn = (record: unknown): unknown[] => [
  at(record, 'requestMetadata'),
  at(record, 'metadata'),
]

function first(places: unknown[], keys: string[]): string | undefined {
  for (const place of places) {
    if (!isFields(place)) continue
    for (const key of keys) {
      const found = named(place, key)
      if (found !== undefined) return found
    }
  }
  return undefined
}

// Our own form nests them: `user: { sub }`, `session: { id }`.
function named(place: Fields, key: string): string | undefined {
  const value = get(place, key)
  if (value === undefined) return undefined
  return ownId(value) ?? ownId(at(value, 'sub')) ?? ownId(at(value, 'id'))
}
