import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** Restoring the log is safe. If it still meets the signed baseline, nothing changes. */
export const bedrockLoggingOff = rule({
  name: 'bedrock-logging-off',
  threats: ['THREAT-19'],
  because: 'Model invocation logging was turned off or redirected.',
  severity: 'high',
  attack: ['T1685.002', 'AML.T0054', 'LLM02'],
  when: call('bedrock', [
    'DeleteModelInvocationLoggingConfiguration',
    'PutModelInvocationLoggingConfiguration',
  ]),
  subject: ({ detail }) => `invocation logging in ${detail.awsRegion}`,
  then: { 'restore-invocation-logging': () => ({}) },
  mode: 'contain',
  release: '7d',
})
