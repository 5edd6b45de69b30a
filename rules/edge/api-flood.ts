import { stageNameOf, stagesIn } from '../events/cloudwatch.ts'
import { rule } from '../rule.ts'
import { alarmState } from '../when.ts'

/** Throttling a stage slows down every client of it: a person decides. */
export const apiFlood = rule({
  name: 'api-flood',
  threats: ['THREAT-25'],
  because: 'An alarm reports that an API receives or rejects far more requests than expected.',
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
