import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** T19. Restoring a log harms nobody; where it is as the signed baseline has it, nothing changes. */
export const bedrockLoggingOff = rule({
  name: 'bedrock-logging-off',
  because: 'Somebody turned the log of model invocations off, or elsewhere.',
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
