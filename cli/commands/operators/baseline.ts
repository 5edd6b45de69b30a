import {
  BedrockClient,
  GetGuardrailCommand,
  GetModelInvocationLoggingConfigurationCommand,
  paginateListEnforcedGuardrailsConfiguration,
} from '@aws-sdk/client-bedrock'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { type Baseline, writeBaseline } from '../../../playbooks/configurations/baseline.ts'
import { partsOfEnforcement } from '../../../playbooks/configurations/enforcement-strength.ts'
import { partsOfGuardrail } from '../../../playbooks/configurations/guardrail-document.ts'
import { partsOfLogging } from '../../../playbooks/configurations/logging-strength.ts'
import type { Parts } from '../../../playbooks/configurations/strength.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  kind: string
  guardrail?: string
  yes?: boolean
}

const present: Record<Baseline['kind'], (bedrock: BedrockClient, id: string) => Promise<Parts>> = {
  guardrail: async (bedrock, guardrailIdentifier) =>
    partsOfGuardrail(await bedrock.send(new GetGuardrailCommand({ guardrailIdentifier }))),
  'invocation-logging': async (bedrock) =>
    partsOfLogging((await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}))).loggingConfig),
  'enforced-guardrail': async (client) => {
    for await (const { guardrailsConfig = [] } of paginateListEnforcedGuardrailsConfiguration({ client }, {}))
      if (guardrailsConfig[0]) return partsOfEnforcement(guardrailsConfig[0])
    return partsOfEnforcement(undefined)
  },
}

/** `portcullis baseline`: what is there now becomes what must at least be there. It is signed with the stage's key. */
export async function run({ kind, guardrail = '', yes = false }: Typed, io: Io): Promise<number> {
  if (!isKind(kind))
    throw new Problem('usage', `there is no baseline of "${sanitize(kind, 60)}"`, {
      fix: `one of ${Object.keys(present).join(', ')}`,
    })
  if ((kind === 'guardrail') !== (guardrail !== ''))
    throw new Problem('usage', kind === 'guardrail' ? 'which guardrail?' : 'there is one of these a Region', {
      fix:
        kind === 'guardrail'
          ? 'portcullis baseline guardrail --guardrail <id>'
          : `portcullis baseline ${kind}`,
    })
  const bedrock = new BedrockClient({})
  const [document, { Account = '', Arn = '' }, region] = await io.wait(
    'reading what is there',
    Promise.all([
      present[kind](bedrock, guardrail),
      new STSClient({}).send(new GetCallerIdentityCommand({})),
      bedrock.config.region(),
    ]),
  )
  const lines = linesOf(document)
  if (lines.length === 0)
    throw new Problem('usage', 'there is nothing there to sign', {
      where: `${kind} in ${Account} ${region}`,
      why: 'a baseline of nothing would protect nothing',
      fix: 'set it up as it must be, then sign it',
    })
  const baseline = { kind, account: Account, region, ...(guardrail && { id: guardrail }), document }
  if (io.json) io.document({ baseline })
  else io.print(`${kind}${guardrail && ` ${guardrail}`} in ${Account} ${region}`, ...lines)
  if (!yes && !(await io.confirm('Sign this: from now on it is never less?', '--yes'))) return exits.ok
  // The functions are told both by the stack.
  process.env.PORTCULLIS_TABLE = io.settings.table
  process.env.PORTCULLIS_BASELINE_KEY = `alias/${io.settings.prefix}-baseline`
  await io.step('sign and keep it', writeBaseline({ ...baseline, by: Arn }))
  io.note(`${io.paint('good', '✓')} Signed by ${sanitize(Arn)}.`)
  return exits.ok
}

const isKind = (kind: string): kind is Baseline['kind'] => Object.hasOwn(present, kind)

const linesOf = (document: Parts): string[] =>
  Object.entries(document).map(([part, settings]) => sanitize(`  ${part}   ${JSON.stringify(settings)}`, 200))
