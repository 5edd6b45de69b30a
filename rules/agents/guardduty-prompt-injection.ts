import { holderOf, unreached } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T02. The identity is mostly the application's role: to deny it is an outage for everybody, so a person decides. */
export const guarddutyPromptInjection = rule({
  name: 'guardduty-prompt-injection',
  because: 'Somebody tried to make a model disobey its instructions, through this identity.',
  severity: 'medium',
  attack: ['AML.T0051.000', 'LLM01', 'ASI01'],
  when: finding({ type: ['Impact:IAMUser/PromptInjection.Direct'] }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: {
    'deny-inference': ({ detail }) => holderOf(detail.resource.accessKeyDetails).reach,
    notify: ({ detail }) => unreached(holderOf(detail.resource.accessKeyDetails), detail.type),
  },
  mode: 'approve',
  release: '4h',
})
