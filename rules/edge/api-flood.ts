import { stageNameOf, stagesIn } from '../events/cloudwatch.ts'
import { rule } from '../rule.ts'
import { alarmState } from '../when.ts'

/** T25. The whole stage would be slowed down, for everybody: a person decides. */
export const apiFlood = rule({
  name: 'api-flood',
  because: 'An alarm says that an API gets far more requests, or refuses far more, than it should.',
  severity: 'medium',
  attack: ['T1499', 'AML.T0034', 'AML.T0046', 'LLM10'],
  when: alarmState({
    namespace: ['AWS/ApiGateway'],
    dimensions: { ApiName: [{ exists: true }], Stage: [{ exists: true }] },
  }),
  subject: ({ detail }) => stagesIn(detail).map(stageNameOf).join(', '),
  then: { 'throttle-stage': ({ detail }) => stagesIn(detail) },
  mode: 'approve',
  release: '1h',
})
