import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { parseRouting, type Routing } from '../routing.ts'

/** How long a changed routing file or secret may still be used in its earlier form. */
const keptFor = 5 * 60_000

/** The routing of this deployment and the secrets that people stored for it. */
export interface KnownParameters {
  routing: Routing
  token?: string
  signingSecret?: string
}

let ssm: SSMClient | undefined
const all = ['stage', 'slack-token', 'slack-signing-secret'] as const
type Name = (typeof all)[number]

let kept: { key: string; until: number; known: Promise<KnownParameters> } | undefined

/**
 * The routing and its secrets, by one GetParameters call: `/<prefix>/stage`, `/<prefix>/slack-token` and
 * `/<prefix>/slack-signing-secret` (Systems Manager, Parameter Store), or only those that a function may read.
 * Cached for five minutes. Throws when they cannot be read, when the parameter of the routing is missing, and when
 * `parseRouting` refuses it.
 *
 * Not Powertools' `getParametersByName`: it does not remember that a parameter is absent (so every delivery of a
 * deployment without Slack would call SSM), and calls at the same moment do not share one request.
 */
export function readParameters(prefix: string, names: readonly Name[] = all): Promise<KnownParameters> {
  const key = [prefix, ...names].join('/')
  if (kept?.key === key && kept.until > Date.now()) return kept.known
  const asked = { key, until: Date.now() + keptFor, known: read(prefix, names) }
  kept = asked
  // A failed read is not cached.
  asked.known.catch(() => {
    if (kept === asked) kept = undefined
  })
  return asked.known
}

const secrets = new Map<string, { until: number; value: Promise<string> }>()

/**
 * The secret of a channel, which people store as the SecureString `/<prefix>/<channel>-secret`: a token, or the URL of a
 * webhook. Cached for five minutes. Throws when it is missing.
 */
export function channelSecret(prefix: string, channel: string): Promise<string> {
  const name = `/${prefix}/${channel}-secret`
  const known = secrets.get(name)
  if (known && known.until > Date.now()) return known.value
  const value = readSecret(name)
  secrets.set(name, { until: Date.now() + keptFor, value })
  // A failed read is not cached.
  value.catch(() => secrets.delete(name))
  return value
}

async function readSecret(name: string): Promise<string> {
  ssm ??= new SSMClient({})
  const { Parameters = [] } = await ssm.send(
    new GetParametersCommand({ Names: [name], WithDecryption: true }),
  )
  const [found] = Parameters
  if (found?.Value) return found.Value
  throw new Error(`The parameter ${name} is missing. Store the channel's secret there as a SecureString.`)
}

/** Drops the cache: a secret that Slack no longer accepts may have been rotated. */
export function forgetParameters(): void {
  kept = undefined
  secrets.clear()
}

async function read(prefix: string, names: readonly Name[]): Promise<KnownParameters> {
  ssm ??= new SSMClient({})
  const named = (name: Name) => `/${prefix}/${name}`
  const Names = names.map(named)
  const { Parameters = [] } = await ssm.send(new GetParametersCommand({ Names, WithDecryption: true }))
  const found = new Map(Parameters.map(({ Name, Value }) => [Name, Value]))
  const text = found.get(named('stage'))
  if (!text)
    throw new Error(
      `The parameter ${named('stage')} is missing, so the routing is unknown. Deploy the stage, which writes it.`,
    )
  const [token, signingSecret] = [found.get(named('slack-token')), found.get(named('slack-signing-secret'))]
  return {
    routing: parseRouting(parsed(text, named('stage'))),
    ...(token && { token }),
    ...(signingSecret && { signingSecret }),
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`The parameter ${name} is not valid JSON. Deploy the stage again, which writes it.`, {
      cause,
    })
  }
}
