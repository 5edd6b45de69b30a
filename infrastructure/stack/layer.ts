import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Deployment } from './deployment.ts'
import { deadLettersOutput, layerDeadLetters } from './events/dead-letters.ts'
import { schedulerRole } from './events/schedules.ts'
import { functionRole, type Lambda } from './functions/lambda.ts'
import { alertsKeyParameter, needsAlertsKey } from './functions/playbook.ts'
import { sharedPolicyIds } from './permissions/shared.ts'
import type { NestedTemplate } from './template/nested.ts'
import { arnOf, logicalId } from './template/template.ts'

/** One layer's playbooks, with their functions. */
export interface Layer {
  name: string
  playbooks: { playbook: AnyPlaybook; lambda: Lambda }[]
}

/**
 * The nested stack of a layer: the two roles of each playbook, and the dead-letter queue and alarm that they share.
 * Their functions and schedule groups are in the root template.
 */
export const layerTemplate = ({ name, playbooks }: Layer, deployment: Deployment): NestedTemplate => ({
  name,
  description: `${deployment.prefix}: roles and dead letters of the ${name} playbooks`,
  resources: Object.assign(
    layerDeadLetters(name, deployment),
    ...playbooks.map(({ playbook, lambda }) => ({
      ...functionRole(lambda, deployment),
      ...schedulerRole(playbook.name, name, deployment),
    })),
  ),
  parameters: playbooks.some(({ playbook }) => needsAlertsKey(playbook))
    ? { [alertsKeyParameter]: arnOf('AlertsKey') }
    : {},
  outputs: { [deadLettersOutput]: { Ref: logicalId(name, 'DeadLetters') } },
  dependsOn: sharedPolicyIds,
})
