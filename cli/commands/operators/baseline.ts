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

const readers: Record<Baseline['kind'], (bedrock: BedrockClient, id: string) => Promise<Parts>> = {
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

/** `portcullis baseline`: signs the present configuration with the key of the stage, as the minimum to be restored. */
export async function run({ kind, guardrail = '', yes = false }: Typed, io: Io): Promise<number> {
  if (!isKind(kind))
    throw new Problem('usage', `"${sanitize(kind, 60)}" is not a kind of baseline`, {
      fix: `one of ${Object.keys(readers).join(', ')}`,
    })
  if ((kind === 'guardrail') !== (guardrail !== ''))
    throw kind === 'guardrail'
      ? new Problem('usage', '--guardrail is missing', {
          fix: 'portcullis baseline guardrail --guardrail <id>',
        })
      : new Problem('usage', '--guardrail is only for the kind guardrail', {
          why: `a Region has only one configuration of the kind ${kind}`,
          fix: `portcullis baseline ${kind}`,
        })
  const bedrock = new BedrockClient({})
  const [document, { Account = '', Arn = '' }, region] = await io.wait(
    'reading the present configuration',
    Promise.all([
      readers[kind](bedrock, guardrail),
      new STSClient({}).send(new GetCallerIdentityCommand({})),
      bedrock.config.region(),
    ]),
  )
  const lines = linesOf(document)
  if (lines.length === 0)
    throw new Problem('usage', 'there is no configuration to sign', {
      where: `${kind} in ${Account} ${region}`,
      why: 'an empty baseline protects nothing',
      fix: 'configure it as intended, then run this command again',
    })
  const baseline = { kind, account: Account, region, ...(guardrail && { id: guardrail }), document }
  if (io.json) io.document({ baseline })
  else io.print(`${kind}${guardrail && ` ${guardrail}`} in ${Account} ${region}`, ...lines)
  if (!yes && !(await io.confirm('Sign this configuration as the baseline?', '--yes'))) return exits.ok
  // In a function, the stack sets both.
  process.env.PORTCULLIS_TABLE = io.settings.table
  process.env.PORTCULLIS_BASELINE_KEY = `alias/${io.settings.prefix}-baseline`
  await io.step('signing and storing the baseline', writeBaseline({ ...baseline, by: Arn }))
  io.note(`${io.paint('good', '✓')} Signed by ${sanitize(Arn)}.`)
  return exits.ok
}

const isKind = (kind: string): kind is Baseline['kind'] => Object.hasOwn(readers, kind)

const linesOf = (document: Parts): string[] =>
  Object.entries(document).map(([part, settings]) => sanitize(`  ${part}   ${JSON.stringify(settings)}`, 200))
