import { exposedIn, exposure } from '../events/health.ts'
import { rule } from '../rule.ts'
import { risk } from '../when.ts'

/**
 * AWS itself found the key in public, so no approval is needed. The key stays public: the release leaves its owner
 * enough time to replace it.
 */
export const healthExposedKey = rule({
  name: 'health-exposed-key',
  threats: ['THREAT-11'],
  because: 'AWS found an access key of this account in public.',
  severity: 'critical',
  attack: ['T1552.001', 'AML.T0055', 'LLM02', 'LLM10'],
  when: risk(exposure),
  subject: ({ detail }) => exposedIn(detail)[0]?.accessKeyId ?? detail.eventArn,
  then: {
    'disable-access-key': ({ detail }) => exposedIn(detail),
    notify: ({ detail }) => (exposedIn(detail).length > 0 ? [] : { subject: detail.eventArn }),
  },
  mode: 'contain',
  release: '90d',
})
