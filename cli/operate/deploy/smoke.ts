import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { type Identifier, placeholderOf } from '../../../engine/identifiers.ts'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import type { AnyTemplate } from '../../../infrastructure/stack/template/packaged.ts'
import { isLoopback } from '../../../lib/loopback.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { playbooks } from '../../../playbooks/index.ts'
import type { StagePlace } from '../stage/stage-place.ts'

/** The result of the smoke test after a deployment. */
export interface Smoke {
  functions: number
  rules: number
  wrong: string[]
  /** Tests that need an operation which the emulators lack; always empty in an account. */
  untried: string[]
}

/**
 * Asks every playbook for a plan for a target that does not exist, starts the other functions, and checks that the rules
 * are enabled. Changes nothing and sends no event: only AWS services can put their own events on the default bus.
 */
export async function smoke(template: AnyTemplate, place: StagePlace, account: string): Promise<Smoke> {
  const lambda = new LambdaClient({})
  const asked: [string, object, (said: string) => boolean][] = [
    ...(playbooks as readonly AnyPlaybook[]).map(
      (one) => [one.name, planFor(one, account, place.region), answers] as [string, object, typeof answers],
    ),
    ...Object.entries(idle).map(
      ([name, input]) => [name, input, () => true] as [string, object, typeof answers],
    ),
  ]
  const each = asked.map(async ([name, input, fine]) => {
    const call = new InvokeCommand({
      FunctionName: `${place.prefix}-${name}`,
      Payload: JSON.stringify(input),
    })
    const { FunctionError, Payload } = await lambda.send(call)
    const said = Payload?.transformToString() ?? ''
    return FunctionError || !fine(said) ? [`${name}: ${whyOf(said)}`] : []
  })
  const found = (await Promise.all(each)).flat()
  const untried = isLoopback() ? found.filter((one) => unemulated.test(one)) : []
  const wrong = found.filter((one) => !untried.includes(one))
  const { on, off } = await rulesOf(template, place)
  return {
    untried,
    functions: asked.length,
    rules: on,
    wrong: [...wrong, ...off.map((name) => `rule ${name} is not enabled`)],
  }
}

/** The inputs with which the other functions start and do nothing. */
const idle: Record<string, object> = {
  announce: { Records: [] },
  'decision-worker': { Records: [] },
  'decision-intake': {
    version: '2.0',
    rawPath: '/',
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: { domainName: 'smoke.test', http: { method: 'GET' } },
  },
}

/** Errors of MiniStack, moto and the router for operations they lack. */
const unemulated = /No route for|NotImplemented|No emulator for|not yet implemented/i

const planFor = ({ target }: AnyPlaybook, account: string, region: string): object => ({
  do: 'plan',
  target: {
    account,
    region,
    ...Object.fromEntries(
      (target as readonly Identifier[]).map((name) => [name, placeholderOf(name, account)]),
    ),
  },
})

interface Answer {
  status?: string
  why?: string
  errorMessage?: string
}

const answers = (said: string): boolean => ['guarded', 'planned'].includes(answerIn(said).status ?? '')

function whyOf(said: string): string {
  const { errorMessage, why, status } = answerIn(said)
  return sanitize(errorMessage ?? why ?? status ?? said, 300)
}

function answerIn(said: string): Answer {
  try {
    const [first] = [JSON.parse(said)].flat()
    return (first ?? {}) as Answer
  } catch {
    return {}
  }
}

/** How many of the template's rules are enabled in EventBridge, and the names of the others. */
async function rulesOf(
  { Resources }: AnyTemplate,
  { prefix }: StagePlace,
): Promise<{ on: number; off: string[] }> {
  const rules = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Events::Rule')
  const named = rules.map(({ Properties = {} }) => ({
    name: String(Properties.Name),
    bus: Properties.EventBusName ? prefix : 'default',
  }))
  const buses = [...new Set(named.map(({ bus }) => bus))]
  // `portcullis-dev`, not `portcullis-dev-`: the names of the rules for events have a dot there.
  const found = new Set((await Promise.all(buses.map((bus) => enabledOn(bus, prefix)))).flat())
  const off = named.filter(({ name }) => !found.has(name)).map(({ name }) => name)
  return { on: named.length - off.length, off }
}

async function enabledOn(EventBusName: string, NamePrefix: string): Promise<string[]> {
  const client = new EventBridgeClient({})
  const names: string[] = []
  let NextToken: string | undefined
  do {
    const more = NextToken ? { NextToken } : {}
    const answer = await client.send(new ListRulesCommand({ EventBusName, NamePrefix, ...more }))
    const on = (answer.Rules ?? []).filter(({ State }) => State?.startsWith('ENABLED'))
    names.push(...on.map(({ Name = '' }) => Name))
    NextToken = answer.NextToken
  } while (NextToken)
  return names
}
