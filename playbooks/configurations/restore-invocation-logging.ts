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

/** Makes Bedrock log the model invocations of a Region again, to the destinations of the signed baseline. */
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
    'Invocations from the time without logging, or with another destination, are missing from the log and cannot be recovered.',
    'The log group, the buckets and the role must still exist and allow Bedrock to write; otherwise Bedrock refuses the change.',
    'Prompts and responses are logged with any private data in them, and incur storage costs.',
    'The release restores the logging configuration that was found. To keep the restored one, undo it with "leave" instead.',
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
