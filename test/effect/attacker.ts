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
import { documentOf, nobody } from '../documents.ts'
import { person, ruleOf } from '../laws/steps.ts'

/** What somebody stole: enough to sign calls with. */
export interface Loot {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

const PolicyName = 'Everything'
const PolicyDocument = documentOf({ Effect: 'Allow', Action: '*', Resource: '*' })

/** A user that may do everything, and an access key of it. */
export async function keyOf(UserName: string): Promise<Loot> {
  const iam = new IAMClient({})
  await iam.send(new CreateUserCommand({ UserName }))
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

/** A role that may do everything. */
export async function roleNamed(RoleName: string, Path = '/'): Promise<void> {
  const iam = new IAMClient({})
  await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: nobody }))
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
}

/** A session of a role, and what CloudTrail calls its principal. */
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

/** What becomes of a model call signed so, with IAM enforced: `answered`, or the error's name. */
export const invokes = (cloud: Cloud, credentials: Loot): Promise<string> =>
  tried(cloud, async () => {
    // The client's own handler speaks HTTP/2, which moto does not; that of any other client speaks HTTP/1.
    const http = new STSClient({}).config.requestHandler
    const requestHandler: typeof http = Object.assign(Object.create(http), {
      async handle(...asked: Parameters<typeof http.handle>) {
        const answer = await http.handle(...asked)
        if (answer.response.statusCode < 400) return answer
        // moto 5.2.5 refuses every service in IAM's XML, which this client cannot read: the code is all we want.
        const [, name = 'unreadable'] = /<Code>(\w+)<\/Code>/.exec(await text(answer.response.body)) ?? []
        throw Object.assign(new Error('refused'), { name })
      },
    })
    const bedrock = new BedrockRuntimeClient({ credentials, requestHandler })
    await bedrock.send(new InvokeModelCommand({ modelId: 'amazon.titan-text-lite-v1', body: '{}' }))
  })

/** Runs one call with IAM enforced: `answered`, or the error's name. */
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

/** A playbook's front door: an event that names the target, and a person's release of what came of it. */
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
