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

/**
 * The API's id, and what the stage sets for all its methods. `settings`: nothing, throttling alone, or more (logging, metrics,
 * caching). A limit of `null`: none of its own, the account's holds.
 */
type State = {
  api: string
  settings: 'none' | 'throttling' | 'more'
  rate: number | null
  burst: number | null
}

/** Requests a second: people ask a chatbot a few times a minute, a script that drains a budget hundreds of times. */
const slowRate = 5
/** Requests at once: what one page loads, and no more. */
const slowBurst = 10
/** "No limit here", beside other settings. Source: what API Gateway answers in GetStage when throttling is off. */
const unlimited = -1

/** Slows a REST API's stage down for everybody, to what people need and floods do not. */
export const throttleStage = playbook({
  name: 'throttle-stage',
  title: 'Throttle an API stage',
  copy: {
    action: 'throttle {target}',
    contained: '{target} is throttled',
    released: '{target} runs at its earlier limits',
    failed: '{target} may still accept every request',
  },
  // An alarm names the API, not its id.
  target: ['apiName', 'stageName'],
  clients: { apigateway: APIGatewayClient },
  reads: {
    'apigateway:GET': ['arn:aws:apigateway:*::/restapis', 'arn:aws:apigateway:*::/restapis/*/stages/*'],
  },
  writes: { 'apigateway:PATCH': ['arn:aws:apigateway:*::/restapis/*/stages/*'] },
  gone: ['NotFoundException'],
  caveats: () => [
    'Every caller of the stage is slowed down, not the flood alone.',
    'API Gateway throttles as best it can, in each Region by itself: that saves cost and capacity, and keeps nobody out.',
    'Methods with throttling settings of their own keep those.',
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
    rate: Math.min(rate ?? slowRate, slowRate),
    burst: Math.min(burst ?? slowBurst, slowBurst),
  }),

  async write({ stageName }, { api, settings, rate, burst }, { apigateway }) {
    const replace = (limit: string, value: number | null): PatchOperation => ({
      op: 'replace',
      path: `/*/*/throttling/${limit}`,
      value: String(value ?? unlimited),
    })
    // API Gateway removes such settings only all together; a single one can be set to "no limit" and no more.
    const patchOperations: PatchOperation[] =
      settings === 'none'
        ? [{ op: 'remove', path: '/*/*' }]
        : [replace('rateLimit', rate), replace('burstLimit', burst)]
    await apigateway
      .send(new UpdateStageCommand({ restApiId: api, stageName, patchOperations }))
      .catch((error) => {
        // Removed already: writing what is there changes nothing.
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

/** The one REST API of this name. Throws `Gone` if there is none, and an error if several have it. */
async function find(client: APIGatewayClient, name: string) {
  const pages = await Array.fromAsync(paginateGetRestApis({ client, pageSize: 500 }, {}))
  const [api, other] = pages.flatMap(({ items }) => items ?? []).filter((one) => one.name === name)
  if (!api) throw new Gone(`There is no REST API called ${name}.`)
  if (other)
    throw new Error(`${api.id} and ${other.id} are both called ${name}: throttle the right one by hand.`)
  return api
}
