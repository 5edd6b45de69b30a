import { exposedIn, exposure } from '../events/health.ts'
import { rule } from '../rule.ts'
import { risk } from '../when.ts'

/**
 * T11. AWS found the key where everybody can read it: verified, so nobody needs to be asked. It stays public: the
 * release is late enough for its owner to have replaced it.
 */
export const healthExposedKey = rule({
  name: 'health-exposed-key',
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
