import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { parseRouting, type Routing } from '../routing.ts'

/** So long a stage or a secret that was changed may still be used as it was. */
const keptFor = 5 * 60_000

/** What the stage's file and its people have told this deployment. */
export interface KnownParameters {
  stage: Routing
  token?: string
  signingSecret?: string
}

let ssm: SSMClient | undefined
const all = ['stage', 'slack-token', 'slack-signing-secret'] as const
type Name = (typeof all)[number]

let kept: { key: string; until: number; known: Promise<KnownParameters> } | undefined

/**
 * The stage and its secrets, by one GetParameters call: `/<prefix>/stage`, `/<prefix>/slack-token` and
 * `/<prefix>/slack-signing-secret` (Systems Manager, Parameter Store), or only those that a function may read.
 * Remembered for five minutes. Throws when they cannot be read, when there is no stage, and when it is not as
 * `parseStage` wants it.
 *
 * Not Powertools' `getParametersByName`: it does not remember that a parameter is absent (so every delivery of a
 * deployment without Slack would call SSM), and calls at the same moment do not share one request.
 */
export function readParameters(prefix: string, names: readonly Name[] = all): Promise<KnownParameters> {
  const key = [prefix, ...names].join('/')
  if (kept?.key === key && kept.until > Date.now()) return kept.known
  const asked = { key, until: Date.now() + keptFor, known: read(prefix, names) }
  kept = asked
  // What could not be read is asked for again the next time.
  asked.known.catch(() => {
    if (kept === asked) kept = undefined
  })
  return asked.known
}

/** Reads them anew the next time: a secret that no longer holds may have been rotated. */
export function forgetParameters(): void {
  kept = undefined
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
      `There is no parameter ${named('stage')}: nobody is known. Deploy the stage, which writes it.`,
    )
  const [token, signingSecret] = [found.get(named('slack-token')), found.get(named('slack-signing-secret'))]
  return {
    stage: parseRouting(parsed(text, named('stage'))),
    ...(token && { token }),
    ...(signingSecret && { signingSecret }),
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`The parameter ${name} is no JSON. Deploy the stage again, which writes it.`, { cause })
  }
}
