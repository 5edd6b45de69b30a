import {
  BedrockClient,
  DeleteModelInvocationLoggingConfigurationCommand,
  GetModelInvocationLoggingConfigurationCommand,
  PutModelInvocationLoggingConfigurationCommand,
} from '@aws-sdk/client-bedrock'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { baselineOf, baselineReads } from './baseline.ts'
import { loggingKinds, loggingOf, loggingParts, partsOfLogging } from './logging-strength.ts'
import { partsOf, stronger, type Texts, textsOf } from './strength.ts'

type State = { parts: Texts; baseline: string }

/** Lets Bedrock log every model invocation of a Region again, to where the signed baseline says. */
export const restoreInvocationLogging = playbook({
  name: 'restore-invocation-logging',
  title: 'Restore invocation logging to its baseline',
  copy: {
    action: 'restore model invocation logging',
    contained: 'model invocations are logged as in the baseline',
    released: 'model invocation logging is as it was found',
    failed: 'model invocations may not be logged as in the baseline',
  },
  target: [],
  clients: { bedrock: BedrockClient },
  reads: { ...baselineReads, 'bedrock:GetModelInvocationLoggingConfiguration': '*' },
  writes: {
    'bedrock:DeleteModelInvocationLoggingConfiguration': '*',
    'bedrock:PutModelInvocationLoggingConfiguration': '*',
    'iam:PassRole': {
      on: ['arn:aws:iam::*:role/*'],
      when: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
    },
  },
  caveats: () => [
    'What ran while nothing was logged, or was logged elsewhere, is not in the log and never will be.',
    'The log group, the buckets and the role must still be there, and let Bedrock write: Bedrock checks that, and refuses.',
    'Prompts and answers are logged, with what is private in them, and cost storage.',
    'The release turns it off or elsewhere again, as it was found. To keep it, leave it as it is instead.',
  ],

  read: async ({ account, region }, { bedrock }): Promise<Reading<State>> => ({
    tags: { none: 'A setting of an account in a Region has no tags.' },
    // Exceptions name it by its kind and Region.
    names: [`invocation-logging/${region}`],
    async state() {
      const present = await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}))
      const baseline = await baselineOf({ kind: 'invocation-logging', account, region })
      return { parts: textsOf(partsOfLogging(present.loggingConfig), loggingParts), baseline }
    },
  }),

  contain: ({ parts, baseline }) => ({
    parts: textsOf(stronger(partsOf(parts), JSON.parse(baseline), loggingKinds), loggingParts),
    baseline,
  }),

  async write(_target, { parts }, { bedrock }) {
    const loggingConfig = loggingOf(partsOf(parts))
    if (loggingConfig)
      await bedrock.send(new PutModelInvocationLoggingConfigurationCommand({ loggingConfig }))
    else await bedrock.send(new DeleteModelInvocationLoggingConfigurationCommand({}))
  },
})
