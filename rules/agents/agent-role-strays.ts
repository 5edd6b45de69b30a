import { unreached } from '../find/principal.ts'
import { callerInSignal, sessionIn } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T31. An agent that was given new tools looks the same: a person decides. */
export const agentRoleStrays = rule({
  name: 'agent-role-strays',
  because: "An agent's role called three services that agents have no business with.",
  severity: 'high',
  attack: ['T1078.004', 'T1552.005', 'AML.T0098', 'ASI03', 'ASI05'],
  when: thresholdCrossed('agent-role-strays'),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-session': ({ detail }) => sessionIn(detail),
    notify: ({ detail }) => unreached(callerInSignal(detail), 'strays'),
  },
  mode: 'approve',
  release: '13h',
})
