import type { AnyPlaybook } from '../engine/playbook.ts'
import { functionRoleName, schedulerRoleName } from '../engine/role-names.ts'
import type { Rule } from '../engine/rule.ts'
import { playbooks } from '../playbooks/index.ts'
import { rules } from '../rules/index.ts'
import { baselineResources } from './stack/data/baseline.ts'
import { journal } from './stack/data/journal.ts'
import type { Deployment } from './stack/deployment.ts'
import { ruleOf, rulePermissions } from './stack/events/rules.ts'
import { earlierSchedulerRoles, scheduleGroup, schedulerPolicy } from './stack/events/schedules.ts'
import { announceLambda, announcements } from './stack/functions/announce.ts'
import { decisionIntakeLambda, decisionResources, decisionWorkerLambda } from './stack/functions/decisions.ts'
import { functionId, functionOf, functionRole, type Lambda, policyOf } from './stack/functions/lambda.ts'
import { playbookLambda } from './stack/functions/playbook.ts'
import { senseLambda, sensing } from './stack/functions/sense.ts'
import { type Layer, layerTemplate } from './stack/layer.ts'
import { layerOf } from './stack/layers.ts'
import { denyInferencePolicy, memberDenials, memberGrants } from './stack/permissions/member.ts'
import { memberRole } from './stack/permissions/role.ts'
import { sharedPolicies, sharedPolicyResources } from './stack/permissions/shared.ts'
import { alerts } from './stack/responders/alerts.ts'
import { api, apiUrl } from './stack/responders/api.ts'
import { responders } from './stack/responders/responders.ts'
import { type NestedTemplate, nestedId, nestedStack } from './stack/template/nested.ts'
import {
  arnOf,
  logicalId,
  type PolicyDocument,
  policyDocument,
  substituted,
  type TemplateValue,
} from './stack/template/template.ts'

/** What the stack is derived from. */
export interface Product {
  playbooks: readonly AnyPlaybook[]
  rules: readonly Rule[]
  layerOf(playbook: string): string
}

const product: Product = { playbooks: playbooks as readonly AnyPlaybook[], rules, layerOf }

/**
 * The whole stack, from the rules and the playbooks. Pure. The root template has the functions and what holds state or
 * is shared; a nested stack for each layer of playbooks has their roles, and one has the rules: README.md says why.
 */
export function stack(deployment: Deployment, from = product) {
  const layers = layersOf(deployment, from)
  const services = servicesOf(deployment)
  const lambdas = [...layers.flatMap(({ playbooks }) => playbooks.map(({ lambda }) => lambda)), ...services]
  const nested = [
    ...layers.map((layer) => layerTemplate(layer, deployment)),
    rulesTemplate(deployment, from, layers),
  ]
  const functions = Object.fromEntries(lambdas.map((one) => [one.name, functionOf(one, deployment)]))
  const Resources = Object.assign(
    {},
    journal(deployment),
    alerts(deployment),
    sharedPolicyResources(deployment.prefix),
    denyInferencePolicy(deployment.prefix),
    announcements(deployment),
    responders(deployment),
    decisionResources(deployment),
    baselineResources(deployment),
    sensing(deployment),
    api(deployment),
    ...services.map((one) => functionRole(one, deployment)),
    ...from.playbooks.map(({ name }) => scheduleGroup(name, deployment)),
    earlierSchedulerRoles(deployment),
    Object.fromEntries(nested.map((one) => [nestedId(one.name), nestedStack(one, deployment.stage)])),
  )
  const Outputs = {
    SignalBus: output('The event bus to which applications report what their guardrails did', { Ref: 'Bus' }),
    JournalTable: output('The table of the journal', { Ref: 'Journal' }),
    ReviewUrl: output('The address of the review page, and of /slack for Slack', substituted(apiUrl)),
    ApiId: output('The API for responders', { Ref: 'Api' }),
    AlertsTopic: output('The topic of alerts', { Ref: 'Alerts' }),
    ...Object.fromEntries(
      lambdas.map(({ name, description }) => [
        logicalId(name, 'Arn'),
        output(description, arnOf(functionId(name))),
      ]),
    ),
  }
  return { functions, resources: { Resources, Outputs }, nested }
}

/** The playbooks by their layers. */
const layersOf = (deployment: Deployment, { playbooks, layerOf }: Product): Layer[] => {
  const names = playbooks.map(({ name }) => name)
  const layers = Map.groupBy(playbooks, ({ name }) => layerOf(name))
  return [...layers].map(([layer, all]) => ({
    name: layer,
    playbooks: all.map((playbook) => ({
      playbook,
      lambda: playbookLambda(playbook, layer, names, deployment),
    })),
  }))
}

/** The functions that serve those of the playbooks. */
const servicesOf = (deployment: Deployment): Lambda[] => [
  announceLambda(deployment),
  decisionIntakeLambda(deployment),
  decisionWorkerLambda(deployment),
  senseLambda(deployment),
]

/** The nested stack of the rules, after everything that they call. */
const rulesTemplate = (
  deployment: Deployment,
  { playbooks, rules, layerOf }: Product,
  layers: Layer[],
): NestedTemplate => ({
  name: 'rules',
  description: `${deployment.prefix}: the rules, and their permissions to invoke functions`,
  resources: Object.assign(
    {},
    ...rules.map((rule) => ruleOf(rule, deployment, layerOf)),
    ...playbooks.map(({ name }) => rulePermissions(name, rules, deployment.prefix)),
  ),
  parameters: {},
  outputs: {},
  dependsOn: [
    'Bus',
    ...layers.flatMap(({ playbooks }) => playbooks.map(({ lambda }) => functionId(lambda.name))),
  ],
})

/** Every policy of the stack, by the name of its role or its own: what is reviewed in policies/. Pure. */
export const policiesOf = (deployment: Deployment, from = product): Record<string, PolicyDocument> => {
  const { prefix } = deployment
  const layers = layersOf(deployment, from)
  const ofFunction = (one: Lambda) => [functionRoleName(prefix, one.name), policyOf(one, prefix)]
  return {
    ...sharedPolicies(prefix),
    ...Object.fromEntries(servicesOf(deployment).map(ofFunction)),
    ...Object.fromEntries(
      layers.flatMap(({ name: layer, playbooks }) =>
        playbooks.flatMap(({ playbook: { name }, lambda }) => [
          ofFunction(lambda),
          [schedulerRoleName(prefix, name), schedulerPolicy(name, layer, prefix)],
        ]),
      ),
    ),
    [memberRole]: policyDocument<PolicyDocument['Statement'][number]>(
      ...memberGrants(from.playbooks, prefix),
      ...memberDenials(from.playbooks, prefix),
    ),
  }
}

const output = (Description: string, Value: TemplateValue) => ({ Description, Value })
