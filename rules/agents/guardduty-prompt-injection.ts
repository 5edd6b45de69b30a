import { holderOf, notifyIfUnreachable } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** The identity is usually the application's role: denying it stops the whole application, so a person decides. */
export const guarddutyPromptInjection = rule({
  name: 'guardduty-prompt-injection',
  threats: ['THREAT-02'],
  because: 'An identity was used for a prompt injection: input that makes a model disobey its instructions.',
  severity: 'medium',
  attack: ['AML.T0051.000', 'LLM01', 'ASI01'],
  when: finding({ type: ['Impact:IAMUser/PromptInjection.Direct'] }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: {
    'deny-inference': ({ detail }) => holderOf(detail.resource.accessKeyDetails).targets,
    notify: ({ detail }) => notifyIfUnreachable(holderOf(detail.resource.accessKeyDetails), detail.type),
  },
  mode: 'approve',
  release: '4h',
})
