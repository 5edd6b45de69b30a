import { unreached } from './principal.ts'
import { rule } from './rule.ts'
import { keyIn, principalOf, sessionIn } from './signalled.ts'
import { crossed } from './when.ts'

/** T06. Three stages within 15 minutes: whoever takes them is stopped, key, session and all. */
export const llmjackingChain = rule({
  name: 'llmjacking-chain',
  because: 'One set of credentials looked for models, opened or forced one, and used it: LLMjacking.',
  severity: 'critical',
  attack: ['T1526', 'T1098', 'T1496.004', 'AML.T0034', 'LLM10'],
  when: crossed('llmjacking-chain'),
  subject: ({ detail }) => principalOf(detail).name,
  then: {
    'deny-inference': ({ detail }) => principalOf(detail).reach,
    'deny-session': ({ detail }) => sessionIn(detail),
    'disable-access-key': ({ detail }) => keyIn(detail),
    notify: ({ detail }) => unreached(principalOf(detail), 'LLMjacking'),
  },
  mode: 'contain',
  release: '24h',
})
