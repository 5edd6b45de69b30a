import { principalIn } from '../find/counted-by.ts'
import { agentRoles, agentServices } from '../find/monitored-calls.ts'
import { threshold } from '../threshold.ts'

const isAgent = new RegExp(agentRoles.map((name) => name.replaceAll('*', '.*')).join('|'))

/** T31. One service more is a new tool; several within an hour are somebody who looks round. */
export const agentRoleStrays = threshold({
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
