import { at, definedFields, type Fields, get, isFields } from './fields.ts'
import { applicationId } from './identifier.ts'

/** For whom a model was called, in the words of the application. */
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
 * End user, tenant and session, each from the first place that names it. Callers give Bedrock `requestMetadata` with a
 * request, and Anthropic's and OpenAI's interfaces `metadata`: all of these are claims.
 */
export const callerLabelsOf = (...places: unknown[]): CallerLabels =>
  definedFields<CallerLabels>({
    user: first(places, spellings.user),
    tenant: first(places, spellings.tenant),
    session: first(places, spellings.session),
  })

/** Where a request or record may hold such labels. */
export const labelSourcesIn = (record: unknown): unknown[] => [
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

// The SDK nests them: `user: { sub }`, `session: { id }`.
function named(place: Fields, key: string): string | undefined {
  const value = get(place, key)
  if (value === undefined) return undefined
  return applicationId(value) ?? applicationId(at(value, 'sub')) ?? applicationId(at(value, 'id'))
}
