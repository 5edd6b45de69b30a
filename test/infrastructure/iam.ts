import type { Statement } from '../../engine/policy.ts'
import { functionRoleName, serviceNames } from '../../engine/role-names.ts'
import { everyPlaybookName, protectedPrincipalsName } from '../../infrastructure/stack/permissions/shared.ts'
import { reviewed } from '../../infrastructure/stack/policies.ts'
import {
  type Denial,
  type PolicyDocument,
  policyDocument,
} from '../../infrastructure/stack/template/template.ts'
import { playbooks } from '../../playbooks/index.ts'

/** One call, as IAM sees it. */
export interface Call {
  action: string
  resource: string
  /** Condition keys and their values, several where a key has several; a resource's tags are `aws:ResourceTag/…`. */
  context?: Record<string, string | string[]>
}

/** The account in which the policies are evaluated, a day, and ARNs of that account. */
export const home = '111122223333'
export const now = { 'aws:CurrentTime': '2026-12-01T00:00:00Z' }
export const near = (service: string, resource: string) =>
  `arn:aws:${service}:eu-central-1:${home}:${resource}`
export const iam = (resource: string, account = home) => `arn:aws:iam::${account}:${resource}`

const parameters: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': home,
  'AWS::URLSuffix': 'amazonaws.com',
  'Journal.StreamArn': `arn:aws:dynamodb:eu-central-1:${home}:table/portcullis-dev-journal/stream/1`,
  'AlertsKey.Arn': `arn:aws:kms:eu-central-1:${home}:key/alerts`,
  AlertsKeyArn: `arn:aws:kms:eu-central-1:${home}:key/alerts`,
  Alerts: `arn:aws:sns:eu-central-1:${home}:portcullis-dev-alerts`,
}

/** A text of a policy as CloudFormation deploys it. Throws on a parameter that is not listed here. */
export const deployed = (text: string): string =>
  text.replace(/\$\{([A-Z][\w:.]*)\}/g, (whole, name) => {
    const value = parameters[name]
    if (value === undefined) throw new Error(`${whole} has no value here`)
    return value
  })

const prefix = 'portcullis-dev'
const documents = reviewed()

/** The names of all functions of the stack, without the prefix. */
export const functionNames = [...playbooks.map(({ name }) => name), ...serviceNames]

/** Everything that the role of a function of stage dev may do: its own policy, and the managed ones it has. */
export function policyOfFunction(name: string): PolicyDocument {
  const shared = serviceNames.some((one) => one === name)
    ? [protectedPrincipalsName(prefix)]
    : [protectedPrincipalsName(prefix), everyPlaybookName(prefix)]
  const all = [functionRoleName(prefix, name), ...shared].flatMap((one) => documents[one]?.Statement ?? [])
  return policyDocument<Statement | Denial>(...all)
}

/**
 * The statements of a policy that apply to a call. The emulators do not evaluate them: MiniStack 1.5.33 allows everything and
 * moto 5.2.5 knows no conditions. Source: IAM User Guide, "Policy evaluation logic", "Condition operators".
 */
export const about = (
  { Statement: all }: PolicyDocument,
  effect: 'Allow' | 'Deny',
  call: Call,
): (Statement | Denial)[] =>
  all.filter(
    (one) => one.Effect === effect && namesAction(one, call) && namesPlace(one, call) && holds(one, call),
  )

/** What IAM answers: a denial wins, and what no statement allows is denied too. */
export const allows = (policy: PolicyDocument, call: Call): boolean =>
  about(policy, 'Allow', call).length > 0 && about(policy, 'Deny', call).length === 0

function namesAction(one: Statement | Denial, { action }: Call): boolean {
  const matches = (patterns: string | string[]) =>
    [patterns].flat().some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()))
  return 'NotAction' in one ? !matches(one.NotAction) : matches(one.Action)
}

const namesPlace = ({ Resource }: Statement | Denial, { resource }: Call): boolean =>
  [Resource].flat().some((pattern) => like(deployed(pattern), resource))

const operators: Record<string, (value: string | undefined, wanted: string[]) => boolean> = {
  Null: (value, wanted) => wanted.includes(String(value === undefined)),
  StringLike: (value, wanted) => value !== undefined && wanted.some((one) => like(one, value)),
  StringEquals: (value, wanted) => value !== undefined && wanted.includes(value),
  StringNotEquals: (value, wanted) => value === undefined || !wanted.includes(value),
  StringNotEqualsIgnoreCase: (value, wanted) =>
    value === undefined || !wanted.some((one) => one.toLowerCase() === value.toLowerCase()),
  StringNotEqualsIgnoreCaseIfExists: (value, wanted) =>
    value === undefined || !wanted.some((one) => one.toLowerCase() === value.toLowerCase()),
  ArnLike: (value, wanted) => value !== undefined && wanted.some((one) => like(one, value)),
  DateLessThan: (value, wanted) =>
    value !== undefined && wanted.some((one) => Date.parse(value) < Date.parse(one)),
}

function holds({ Condition = {} }: Statement | Denial, { context = {} }: Call): boolean {
  return Object.entries(Condition).every(([operator, keys]) => {
    const ofSet = operator.startsWith('ForAllValues:')
    const test = operators[operator.replace('ForAllValues:', '')]
    if (!test) throw new Error(`The operator ${operator} is not implemented here`)
    return Object.entries(keys).every(([key, wanted]) => {
      const values = [context[key] ?? []].flat()
      const holds = (value: string | undefined) => test(value, [wanted].flat().map(deployed))
      // "The ForAllValues qualifier also returns true if there are no context keys in the request."
      return ofSet ? values.every(holds) : holds(values[0])
    })
  })
}

/** IAM's wildcards: `*` is any text, `?` is any character. */
const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text)
