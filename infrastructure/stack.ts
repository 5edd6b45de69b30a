import { playbooks } from '../playbooks/index.ts'
import { rules } from '../rules/index.ts'
import { alarmsOf } from './stack/alarms.ts'
import { baselineResources } from './stack/data/baseline.ts'
import { journal } from './stack/data/journal.ts'
import type { Deployment } from './stack/deployment.ts'
import { queuePolicyOf, ruleOf } from './stack/events/rules.ts'
import { schedulePolicy, scheduleResources, scheduleRoleName } from './stack/events/schedules.ts'
import { announceLambda, announcements } from './stack/functions/announce.ts'
import { decisionIntakeLambda, decisionResources, decisionWorkerLambda } from './stack/functions/decisions.ts'
import { functionId, functionOf, type Lambda, policyOf, surroundingsOf } from './stack/functions/lambda.ts'
import { playbookLambda } from './stack/functions/playbook.ts'
import { senseLambda, sensing } from './stack/functions/sense.ts'
import { denyInferencePolicy, memberDenials, memberGrants } from './stack/permissions/member.ts'
import { memberRole } from './stack/permissions/role.ts'
import { alerts } from './stack/responders/alerts.ts'
import { api, apiUrl } from './stack/responders/api.ts'
import { responders } from './stack/responders/responders.ts'
import {
  arnOf,
  logicalId,
  type PolicyDocument,
  policyDocument,
  substituted,
  type TemplateValue,
} from './stack/template/template.ts'

/** Every function: one for each playbook, and those that serve them. */
const lambdasOf = (it: Deployment): Lambda[] => [
  ...playbooks.map((one) => playbookLambda(one, it, rolesOf(it))),
  announceLambda(it),
  decisionIntakeLambda(it),
  decisionWorkerLambda(it),
  senseLambda(it),
]

/** Every role of the stack by its name: what the guard knows as ours. */
const rolesOf = ({ prefix }: Deployment): string[] => [
  ...playbooks.flatMap(({ name }) => [`${prefix}-${name}`, scheduleRoleName(name, prefix)]),
  ...['announce', 'decision-intake', 'decision-worker', 'sense'].map((name) => `${prefix}-${name}`),
]

/** Who may what, and who calls whom: the whole stack, from the rules and the playbooks. Pure. */
export function stack(it: Deployment) {
  const lambdas = lambdasOf(it)
  const functions = Object.fromEntries(lambdas.map((one) => [one.name, functionOf(one, it)]))
  const Resources = Object.assign(
    {},
    journal(it),
    alerts(it),
    denyInferencePolicy(it.prefix),
    announcements(it),
    responders(it),
    decisionResources(it),
    baselineResources(it),
    sensing(it),
    api(it),
    ...lambdas.flatMap((one) => [surroundingsOf(one, it), alarmsOf(one.name, it)]),
    ...playbooks.map(({ name }) => scheduleResources(name, it)),
    ...rules.map((one) => ruleOf(one, it)),
    ...playbooks.map(({ name }) => queuePolicyOf(name, rules)),
  )
  const Outputs = {
    SignalBus: output('Where applications put what their guardrails found', { Ref: 'Bus' }),
    JournalTable: output('The journal', { Ref: 'Journal' }),
    ReviewUrl: output('Where responders review and decide; Slack posts to its /slack', substituted(apiUrl)),
    ApiId: output('The API for responders', { Ref: 'Api' }),
    AlertsTopic: output('Where people are told', { Ref: 'Alerts' }),
    ...Object.fromEntries(
      lambdas.map(({ name, says }) => [logicalId(name, 'Arn'), output(says, arnOf(functionId(name)))]),
    ),
  }
  return { functions, resources: { Resources, Outputs } }
}

/** Every policy of every role, by the role's name: what is reviewed in policies/. Pure. */
export const policiesOf = (it: Deployment): Record<string, PolicyDocument> => ({
  ...Object.fromEntries(lambdasOf(it).map((one) => [`${it.prefix}-${one.name}`, policyOf(one, it.prefix)])),
  ...Object.fromEntries(
    playbooks.map(({ name }) => [scheduleRoleName(name, it.prefix), schedulePolicy(name, it.prefix)]),
  ),
  [memberRole]: policyDocument<PolicyDocument['Statement'][number]>(
    ...memberGrants(playbooks, it.prefix),
    ...memberDenials(playbooks, it.prefix),
  ),
})

const output = (Description: string, Value: TemplateValue) => ({ Description, Value })
