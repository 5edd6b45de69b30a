import {
  APIGatewayClient,
  GetStageCommand,
  type MethodSetting,
  type PatchOperation,
  paginateGetRestApis,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway'
import { Gone } from '../../engine/errors.ts'
import { playbook, type Reading } from '../../engine/playbook.ts'

/** The settings of a stage for all its methods. */
type State = {
  /** The id of the API. */
  api: string
  /** `more`: besides throttling, the stage sets logging, metrics or caching. */
  settings: 'none' | 'throttling' | 'more'
  /** Requests a second; `null`: the stage has no limit of its own, and that of the account applies. */
  rate: number | null
  /** Concurrent requests; `null` as above. */
  burst: number | null
}

/** Requests a second: a person asks a chatbot a few times a minute, a script that drains a budget hundreds of times. */
const throttledRate = 5
/** Concurrent requests: as many as one page loads. */
const throttledBurst = 10
/** The value for "no limit" beside other settings. Source: observed in GetStage when throttling is off. */
const unlimited = -1

/** Lowers the limits of a REST API's stage for all callers to what people need and a flood exceeds. */
export const throttleStage = playbook({
  name: 'throttle-stage',
  title: 'Throttle an API stage',
  copy: {
    action: 'throttle {target}',
    contained: '{target} is throttled',
    released: '{target} runs at its earlier limits',
    failed: '{target} may still accept every request',
  },
  // An alarm has the name of the API and not its id.
  target: ['apiName', 'stageName'],
  clients: { apigateway: APIGatewayClient },
  reads: {
    'apigateway:GET': ['arn:aws:apigateway:*::/restapis', 'arn:aws:apigateway:*::/restapis/*/stages/*'],
  },
  writes: { 'apigateway:PATCH': ['arn:aws:apigateway:*::/restapis/*/stages/*'] },
  gone: ['NotFoundException'],
  caveats: () => [
    'All callers of the stage are throttled, not only the source of the flood.',
    'API Gateway throttles on a best-effort basis and in each Region separately: that limits cost and load, and does not block an attacker.',
    'Methods with their own throttling settings keep them.',
  ],

  async read({ apiName, stageName }, { apigateway }): Promise<Reading<State>> {
    const api = await find(apigateway, apiName)
    const stage = await apigateway.send(new GetStageCommand({ restApiId: api.id, stageName }))
    const tags = Object.entries({ ...api.tags, ...stage.tags }).map(([Key, Value]) => ({ Key, Value }))
    return { tags, state: { api: api.id ?? '', ...limitsOf(stage.methodSettings?.['*/*']) } }
  },

  contain: ({ api, settings, rate, burst }) => ({
    api,
    settings: settings === 'none' ? 'throttling' : settings,
    rate: Math.min(rate ?? throttledRate, throttledRate),
    burst: Math.min(burst ?? throttledBurst, throttledBurst),
  }),

  async write({ stageName }, { api, settings, rate, burst }, { apigateway }) {
    const replace = (limit: string, value: number | null): PatchOperation => ({
      op: 'replace',
      path: `/*/*/throttling/${limit}`,
      value: String(value ?? unlimited),
    })
    // API Gateway can remove these settings only together; a single limit can only be set to "no limit".
    const patchOperations: PatchOperation[] =
      settings === 'none'
        ? [{ op: 'remove', path: '/*/*' }]
        : [replace('rateLimit', rate), replace('burstLimit', burst)]
    await apigateway
      .send(new UpdateStageCommand({ restApiId: api, stageName, patchOperations }))
      .catch((error) => {
        // Already removed.
        if (settings !== 'none' || !/no method setting for this method/.test(error.message)) throw error
      })
  },
})

function limitsOf(own: MethodSetting | undefined): Omit<State, 'api'> {
  if (!own) return { settings: 'none', rate: null, burst: null }
  const logs = (own.loggingLevel ?? 'OFF') !== 'OFF' || own.dataTraceEnabled
  return {
    settings: logs || own.metricsEnabled || own.cachingEnabled ? 'more' : 'throttling',
    rate: limitOf(own.throttlingRateLimit),
    burst: limitOf(own.throttlingBurstLimit),
  }
}

const limitOf = (value: number | undefined): number | null =>
  value === undefined || value < 0 ? null : value

/** The REST API of this name. Throws `Gone` if it does not exist, and an error if the name is ambiguous. */
async function find(client: APIGatewayClient, name: string) {
  const pages = await Array.fromAsync(paginateGetRestApis({ client, pageSize: 500 }, {}))
  const [api, other] = pages.flatMap(({ items }) => items ?? []).filter((one) => one.name === name)
  if (!api) throw new Gone(`There is no REST API named ${name}.`)
  if (other)
    throw new Error(`${api.id} and ${other.id} are both named ${name}: throttle the right one manually.`)
  return api
}
