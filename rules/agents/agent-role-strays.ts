import { principalKeyOf } from '../find/caller-keys.ts'
import { agentServices, isAgentRole } from '../find/monitored-calls.ts'
import { notifyIfUnreachable } from '../find/principal.ts'
import { callerInSignal, sessionInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold } from '../threshold.ts'

/** One further service may be a new tool; several within the time are reconnaissance. Both look alike: a person decides. */
export const agentRoleStrays = rule({
  name: 'agent-role-strays',
  threats: ['THREAT-31'],
  because: ({ limit, within }) =>
    `An agent's role called ${limit} services outside its purpose in ${within}.`,
  severity: 'high',
  attack: ['T1078.004', 'T1552.005', 'AML.T0098', 'ASI03', 'ASI05'],
  when: threshold({
    facts: ['Call'],
    by: (call) => (isAgentRole(call.principal?.name) ? principalKeyOf(call) : undefined),
    measure: { distinct: ({ service }) => (agentServices.has(service) ? undefined : service) },
    unit: 'services',
    within: '1h',
    limits: [3],
  }),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-session': ({ detail }) => sessionInSignal(detail),
    notify: ({ detail }) =>
      notifyIfUnreachable(callerInSignal(detail), 'called services outside its purpose'),
  },
  mode: 'approve',
  release: '13h',
})
