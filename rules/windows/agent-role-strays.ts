import { window } from '../../windows/window.ts'
import { agentRoles, agentServices } from '../watched.ts'
import { principalIn } from './by.ts'

const isAgent = new RegExp(agentRoles.map((name) => name.replaceAll('*', '.*')).join('|'))

/** T31. One service more is a new tool; several within an hour are somebody who looks round. */
export const agentRoleStrays = window({
  name: 'agent-role-strays',
  because: "An agent's role called several services that agents have no business with.",
  facts: ['Call'],
  by: (it) => (isAgent.test(it.principal?.name ?? '') ? principalIn(it) : undefined),
  measure: {
    distinct: ({ service }) => (agentServices.some((one) => one === service) ? undefined : service),
  },
  within: '1h',
  limits: [3],
})
