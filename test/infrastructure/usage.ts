import { policySize } from '../../infrastructure/stack/permissions/size.ts'
import type { AnyTemplate } from '../../infrastructure/stack/template/packaged.ts'

/** Sources: the quotas pages of CloudFormation, IAM and EventBridge, and of Lambda for environment variables. */
export const quotas = {
  resources: 500,
  bytes: 1_000_000,
  outputs: 200,
  inlinePolicy: 10_240,
  managedPolicy: 6_144,
  managedPoliciesPerRole: 10,
  trustPolicy: 2_048,
  environment: 4_096,
}
export type Usage = Record<keyof typeof quotas, number>

/** What a template takes of the quotas; of what there is many of, its largest. */
export function usageOf(template: AnyTemplate): Usage {
  const { Resources, Outputs = {} } = template
  const ofType = (type: string) =>
    Object.values(Resources).flatMap(({ Type, Properties = {} }) => (Type === type ? [Properties] : []))
  const roles = ofType('AWS::IAM::Role')
  const largest = (sizes: number[]): number => Math.max(0, ...sizes)
  return {
    resources: Object.keys(Resources).length,
    bytes: JSON.stringify(template).length,
    outputs: Object.keys(Outputs).length,
    inlinePolicy: largest(
      roles.map(({ Policies }) =>
        (Policies as { PolicyDocument: object }[]).reduce((sum, one) => sum + sizeOf(one.PolicyDocument), 0),
      ),
    ),
    managedPolicy: largest(
      ofType('AWS::IAM::ManagedPolicy').map(({ PolicyDocument }) => sizeOf(PolicyDocument)),
    ),
    managedPoliciesPerRole: largest(
      roles.map(({ ManagedPolicyArns = [] }) => (ManagedPolicyArns as unknown[]).length),
    ),
    trustPolicy: largest(roles.map(({ AssumeRolePolicyDocument }) => sizeOf(AssumeRolePolicyDocument))),
    environment: largest(
      ofType('AWS::Lambda::Function').map(({ Environment }) =>
        environmentBytes(Environment as { Variables: object }),
      ),
    ),
  }
}

/** `Fn::Sub` is counted as the text that CloudFormation makes of it. */
const sizeOf = (value: unknown): number =>
  policySize(JSON.parse(JSON.stringify(value).replace(/\{"Fn::Sub":("(?:[^"\\]|\\.)*")\}/g, '$1')))

/** Lambda counts names and values. An attribute of another resource is counted as an ARN. */
const environmentBytes = ({ Variables }: { Variables: object }): number =>
  Object.entries(Variables).reduce((sum, [name, value]) => sum + name.length + sizeOf(value) - 2, 0)

/** USD a month in us-east-1 while nothing happens. Sources: the pricing pages of CloudWatch and KMS. */
export const idleCost = ({ Resources }: AnyTemplate): { alarms: number; usd: number } => {
  const count = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type).length
  const alarms = count('AWS::CloudWatch::Alarm')
  return { alarms, usd: alarms * 0.1 + count('AWS::KMS::Key') }
}

/** How many rules each bus has. */
export function rulesPerBus({ Resources }: AnyTemplate): Map<string, number> {
  const rules = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Events::Rule')
  const buses = Map.groupBy(rules, ({ Properties }) => (Properties?.EventBusName ? 'own' : 'default'))
  return new Map([...buses].map(([bus, all]) => [bus, all.length]))
}

/** The numbers as a table, with what part of the quotas they are. */
export function usageTable(rows: Record<string, Usage>): string {
  const names = Object.keys(quotas) as (keyof Usage)[]
  const cells = Object.entries(rows).map(([name, usage]) => [
    name,
    ...names.map((one) => `${usage[one]} (${Math.round((100 * usage[one]) / quotas[one])} %)`),
  ])
  const all = [['template', ...names], ...cells]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}
