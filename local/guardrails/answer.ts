import type { IncomingHttpHeaders } from 'node:http'
import type {
  CreateGuardrailVersionRequest,
  PutEnforcedGuardrailConfigurationRequest,
  Tag,
} from '@aws-sdk/client-bedrock'
import { guardrailIdOf, now, type Store, storedDraftOf } from './store.ts'

/** What is asked, and by whom: as it came over the wire. */
export interface StubRequest {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export type StubAnswer = [status: number, body: object, type?: string]

/** How many versions of one guardrail AWS keeps. Source: AWS General Reference, "Amazon Bedrock quotas". */
const mostVersions = 20

/** The answer; undefined where the request is not about guardrails. */
export function stubAnswerOf(
  { method, url, headers, body }: StubRequest,
  store: Store,
): StubAnswer | undefined {
  const { pathname, searchParams } = new URL(url, 'http://bedrock')
  const [, head = '', tail = ''] = /^\/([^/]+)\/?(.*)$/s.exec(decodeURIComponent(pathname)) ?? []
  const region = /Credential=[^/]+\/\d{8}\/([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? 'us-east-1'
  const said = () => JSON.parse(body.toString() || '{}')
  if (head === 'enforcedGuardrailsConfiguration') return enforcement(method, tail, said, store)
  if (/Resource$/.test(head) && /:guardrail\//.test(body.toString())) return tagging(head, said(), store)
  if (head !== 'guardrails') return undefined

  if (!tail && method === 'POST') {
    const id = `guardrail${++store.made}`
    const { tags = [], ...asked } = said()
    const draft = storedDraftOf(id, region, asked)
    store.guardrails.set(id, { draft, versions: [], tokens: new Map(), tags })
    return [202, { guardrailId: id, guardrailArn: draft.guardrailArn, version: 'DRAFT', createdAt: now }]
  }
  const id = guardrailIdOf(tail || (searchParams.get('guardrailIdentifier') ?? ''))
  const found = store.guardrails.get(id)
  if (!found) return missing(id)
  const { draft, versions, tokens } = found
  if (!tail)
    return [200, { guardrails: [draft, ...versions].map((one) => ({ ...one, id, arn: one.guardrailArn })) }]
  const version = searchParams.get('guardrailVersion') ?? 'DRAFT'
  const which = [draft, ...versions].find((one) => one.version === version)
  if (!which) return missing(`${id} version ${version}`)
  switch (method) {
    case 'GET':
      return [200, which]
    case 'PUT':
      found.draft = storedDraftOf(id, region, said())
      return [202, { guardrailId: id, guardrailArn: draft.guardrailArn, version: 'DRAFT', updatedAt: now }]
    case 'DELETE':
      // Not needed: the emulator answers that it does not support the operation.
      if (version !== 'DRAFT') return undefined
      if (store.enforced?.guardrailId === id) return conflict(`Guardrail ${id} is enforced.`)
      store.guardrails.delete(id)
      return [202, {}]
    case 'POST': {
      const {
        clientRequestToken: token = crypto.randomUUID(),
        description,
      }: Partial<CreateGuardrailVersionRequest> = said()
      const number = tokens.get(token) ?? String(versions.length + 1)
      if (!tokens.has(token) && versions.length === mostVersions)
        return [
          400,
          { message: `Guardrail ${id} has ${mostVersions} versions.` },
          'ServiceQuotaExceededException',
        ]
      if (!tokens.has(token))
        versions.push({ ...draft, version: number, ...(description && { description }) })
      tokens.set(token, number)
      return [202, { guardrailId: id, version: number }]
    }
  }
  return undefined
}

function enforcement(method: string, configId: string, said: () => object, store: Store): StubAnswer {
  if (method === 'GET') return [200, { guardrailsConfig: store.enforced ? [store.enforced] : [] }]
  if (method === 'DELETE') {
    if (store.enforced?.configId !== configId) return missing(configId)
    store.enforced = undefined
    return [200, {}]
  }
  const { configId: asked, guardrailInferenceConfig } = said() as PutEnforcedGuardrailConfigurationRequest
  const { guardrailIdentifier = '', ...config } = guardrailInferenceConfig ?? {}
  if (asked !== store.enforced?.configId) return conflict('This account enforces another configuration.')
  const guardrail = store.guardrails.get(guardrailIdOf(guardrailIdentifier))?.draft
  if (!guardrail) return missing(guardrailIdentifier)
  const { guardrailArn, guardrailId } = guardrail
  store.enforced = { ...config, configId: asked ?? 'config1', owner: 'ACCOUNT', guardrailArn, guardrailId }
  return [200, { configId: store.enforced.configId, updatedAt: now }]
}

function tagging(operation: string, asked: { resourceARN: string; tags?: Tag[] }, store: Store): StubAnswer {
  const found = store.guardrails.get(guardrailIdOf(asked.resourceARN))
  if (!found) return missing(asked.resourceARN)
  if (operation === 'tagResource') found.tags = [...found.tags, ...(asked.tags ?? [])]
  return [200, operation === 'listTagsForResource' ? { tags: found.tags } : {}]
}

const missing = (what: string): StubAnswer => [
  404,
  { message: `${what} does not exist.` },
  'ResourceNotFoundException',
]
const conflict = (message: string): StubAnswer => [409, { message }, 'ConflictException']
