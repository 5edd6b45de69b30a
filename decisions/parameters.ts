import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { parseStage, type Stage } from '../channels/stage.ts'
import { jsonOf } from './json.ts'

const keptFor = 5 * 60_000

/** What the function that faces the internet is told. It is not given the bot's token: it cannot speak in Slack. */
export interface Parameters {
  stage: Stage
  signingSecret?: string
}

let ssm: SSMClient | undefined
let kept: { prefix: string; until: number; read: Promise<Parameters> } | undefined

/** The stage and Slack's signing secret by one call, remembered for five minutes. Throws when there is no stage. */
export function parameters(prefix: string): Promise<Parameters> {
  if (kept?.prefix === prefix && kept.until > Date.now()) return kept.read
  const asked = { prefix, until: Date.now() + keptFor, read: read(prefix) }
  kept = asked
  asked.read.catch(() => {
    if (kept === asked) kept = undefined
  })
  return asked.read
}

async function read(prefix: string): Promise<Parameters> {
  ssm ??= new SSMClient({})
  const [stage, secret] = [`/${prefix}/stage`, `/${prefix}/slack-signing-secret`]
  const { Parameters = [] } = await ssm.send(
    new GetParametersCommand({ Names: [stage, secret], WithDecryption: true }),
  )
  const named = (name: string) => Parameters.find(({ Name }) => Name === name)?.Value
  const signingSecret = named(secret)
  const text = named(stage)
  if (!text)
    throw new Error(`There is no parameter ${stage}: nobody is known. Deploy the stage, which writes it.`)
  return { stage: parseStage(jsonOf(text)), ...(signingSecret && { signingSecret }) }
}
