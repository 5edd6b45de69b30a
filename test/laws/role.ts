import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { vi } from 'vitest'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { type Statement, statementsOf } from '../../engine/policy.ts'
import { account, type Cloud } from '../cloud.ts'
import type { Call } from '../tap.ts'
import { type Door, ruleOf } from './steps.ts'

/** What every playbook's role is granted in addition: the journal, its own schedules, the dead-letter queue. */
export const engineGrants = [
  'dynamodb:ConditionCheckItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'scheduler:CreateSchedule',
  'scheduler:DeleteSchedule',
  'scheduler:UpdateSchedule',
  'sqs:SendMessage',
]

/** Calls that IAM checks under other actions' names. Source: DynamoDB, "Transactions". */
export const askedAs: Record<string, string[]> = {
  'dynamodb:TransactWriteItems': ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
}

type Keyed = Partial<Record<'Key' | 'Item', { pk: { S: string } }>>

/** What IAM checks for a call to DynamoDB: each action, and the partition key of its item. */
export function askedOf({ action, body }: Call): { action: string; key: string | undefined }[] {
  const request: Keyed & { TransactItems?: Record<string, Keyed>[] } = JSON.parse(body)
  const parts = request.TransactItems?.flatMap(Object.entries<Keyed>) ?? [[action, request] as const]
  return parts.map(([name, { Key, Item }]) => ({
    action: name.includes(':') ? name : `dynamodb:${name}Item`,
    key: (Key ?? Item)?.pk.S,
  }))
}

const RoleName = 'the-function'

/** A function and the role it runs as. */
export interface Employed {
  door: Door
  /** Gives the role exactly the grants of its playbook, except one if named. */
  grant(without?: string): Promise<void>
}

/** Creates a role without grants, and the function that runs as it. */
export async function employ(cloud: Cloud, playbook: AnyPlaybook): Promise<Employed> {
  const iam = new IAMClient({})
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
  }
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }))
  const { Credentials } = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${RoleName}`, RoleSessionName: 'law' }),
  )
  const own = {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials?.SessionToken,
  }
  // Clients keep the credentials they were created with, so the engine and the playbook are loaded again.
  vi.resetModules()
  const { respond } = await import('../../engine/respond.ts')
  const { playbooks } = await import('../../playbooks/index.ts')
  const fresh: readonly AnyPlaybook[] = playbooks
  const loaded = fresh.find(({ name }) => name === playbook.name) ?? playbook
  // A scene may bring its own client class, for operations that the emulator lacks.
  const obey = respond({ ...loaded, clients: playbook.clients }, [ruleOf(playbook)])
  return {
    async door(command) {
      const before = Object.fromEntries(Object.keys(own).map((key) => [key, process.env[key]]))
      assign(own)
      await cloud.enforce(true)
      try {
        return await obey(command)
      } finally {
        await cloud.enforce(false)
        assign(before)
      }
    },
    async grant(without) {
      const statements = [
        ...statementsOf(playbook),
        { Effect: 'Allow' as const, Action: engineGrants, Resource: '*' },
      ]
      const Statement = statements
        .map((one) => asMotoKnows(one, without))
        .filter(({ Action }) => Action.length > 0)
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'grants', PolicyDocument }))
    },
  }
}

function assign(environment: Record<string, string | undefined>) {
  for (const [key, value] of Object.entries(environment))
    if (value === undefined) delete process.env[key]
    else process.env[key] = value
}

const operations: Record<string, string> = {
  GET: 'Get',
  PATCH: 'Update',
  PUT: 'Put',
  POST: 'Create',
  DELETE: 'Delete',
}

// moto 5.2.5 checks the operation's own name on the resource "*", and treats any condition as a denial
// (moto/iam/access_control.py): it checks which actions are granted, but neither resources nor conditions.
function asMotoKnows({ Action }: Statement, without?: string) {
  const granted = [Action].flat().filter((action) => action !== without)
  const transaction = askedAs['dynamodb:TransactWriteItems'] ?? []
  return {
    Effect: 'Allow',
    Resource: '*',
    Action: [
      ...granted.map((action) =>
        action.replace(/^apigateway:([A-Z]+)$/, (_, verb) => `apigateway:${operations[verb]}*`),
      ),
      ...(transaction.every((action) => granted.includes(action)) ? ['dynamodb:TransactWriteItems'] : []),
    ],
  }
}
