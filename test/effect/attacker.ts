import { text } from 'node:stream/consumers'
import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime'
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { Outcome } from '../../engine/outcome.ts'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { respond } from '../../engine/respond.ts'
import { account, type Cloud, region } from '../cloud.ts'
import { documentOf, emptyTrust } from '../documents.ts'
import { person, ruleOf } from '../laws/steps.ts'

/** Stolen credentials. */
export interface Loot {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

const PolicyName = 'Everything'
const PolicyDocument = documentOf({ Effect: 'Allow', Action: '*', Resource: '*' })

/** Creates a user with all permissions. Returns an access key of the user. */
export async function keyOf(UserName: string): Promise<Loot> {
  const iam = new IAMClient({})
  await iam.send(new CreateUserCommand({ UserName }))
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

/** Creates a role with all permissions. */
export async function roleNamed(RoleName: string, Path = '/'): Promise<void> {
  const iam = new IAMClient({})
  await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: emptyTrust }))
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
}

/** A session of a role, with its principal id in CloudTrail. */
export async function sessionOf(role: string, name: string): Promise<Loot & { principalId: string }> {
  const assumed = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${account}:role/${role}`,
    RoleSessionName: name,
  })
  const { Credentials, AssumedRoleUser } = await new STSClient({}).send(assumed)
  return {
    principalId: AssumedRoleUser?.AssumedRoleId ?? '',
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}

/** Invokes a model with these credentials and IAM enforced. Returns `answered` or the name of the error. */
export const invokes = (cloud: Cloud, credentials: Loot): Promise<string> =>
  tried(cloud, async () => {
    // The client's own handler uses HTTP/2, which moto does not support; other clients use HTTP/1.
    const http = new STSClient({}).config.requestHandler
    const requestHandler: typeof http = Object.assign(Object.create(http), {
      async handle(...asked: Parameters<typeof http.handle>) {
        const answer = await http.handle(...asked)
        if (answer.response.statusCode < 400) return answer
        // moto 5.2.5 denies calls to every service in IAM's XML, which this client cannot parse: take the code from it.
        const [, name = 'unreadable'] = /<Code>(\w+)<\/Code>/.exec(await text(answer.response.body)) ?? []
        throw Object.assign(new Error('refused'), { name })
      },
    })
    const bedrock = new BedrockRuntimeClient({ credentials, requestHandler })
    await bedrock.send(new InvokeModelCommand({ modelId: 'amazon.titan-text-lite-v1', body: '{}' }))
  })

/** Runs one call with IAM enforced. Returns `answered` or the name of the error. */
export async function tried(cloud: Cloud, call: () => Promise<unknown>): Promise<string> {
  await cloud.enforce(true)
  try {
    await call()
    return 'answered'
  } catch (error) {
    return (error as Error).name
  } finally {
    await cloud.enforce(false)
  }
}

let events = 0

/** A playbook's handler: contains the target of an event, and releases it for a person. */
export function doorOf(playbook: AnyPlaybook) {
  const obey = respond(playbook, [ruleOf(playbook)])
  const only = ([outcome]: Outcome[]) => outcome as Outcome
  return {
    async contain(named: Record<string, string>): Promise<Outcome> {
      const id = `event-${++events}`
      const place = { account, region, time: '2026-11-21T06:00:00Z', resources: [] }
      const event = {
        id,
        source: 'aws.guardduty',
        'detail-type': 'GuardDuty Finding',
        ...place,
        detail: { target: named },
      }
      return only(await obey({ rule: 'law', event }))
    },
    release: async ({ target, containment }: Outcome): Promise<Outcome> =>
      only(await obey({ do: 'release', target, containment, by: person })),
  }
}
