import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { sharedPolicies } from '../infrastructure/stack/permissions/shared.ts'
import { flattened } from '../infrastructure/stack/template/packaged.ts'
import type { Package } from './package.ts'

/** The stack's name, and the prefix of the name of every resource in it. */
export const StackName = 'portcullis-local'

const template = 'template.json'
/** MiniStack 1.5.33 takes a rule in this state for disabled, and delivers read-only calls like all others. */
const withReads = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'
const patienceMs = 60_000

export interface Deployed {
  resources: number
  functions: number
  journal: string
  topic: string
  /** The id of the HTTP API for responders. */
  apiId: string
  /** The managed policies that playbooks attach, by their names: not those of the stack's own roles. */
  policies: Map<string, unknown>
}

/**
 * Deploys the package as `serverless deploy` would: the bucket, the zips and nested templates into it, then everything
 * else. Throws with the resource that failed, and why.
 */
export async function deploy({ templates, nested, zips }: Package, signal: AbortSignal): Promise<Deployed> {
  const cloud = new CloudFormationClient({})
  const [first, whole] = [templates[0], forMiniStack(templates[1])]
  const { Resources } = flattened(
    JSON.parse(whole),
    [...nested.values()].map((text) => JSON.parse(text)),
  )
  const all = Object.values(Resources).map(({ Properties = {} }) => Properties)
  const shared = Object.keys(sharedPolicies(StackName))
  const stack = { StackName, Capabilities: ['CAPABILITY_NAMED_IAM' as const] }

  await cloud.send(new CreateStackCommand({ ...stack, TemplateBody: first }))
  const bucket = outputOf(await settled('CREATE_COMPLETE'), 'ServerlessDeploymentBucketName')
  const keys = all.flatMap(({ Code }) => (Code ? [(Code as { S3Key: string }).S3Key] : []))
  // Through the bucket: a request takes templates of up to 51,200 characters (CloudFormation quotas).
  await Promise.all([
    put(template, whole),
    ...[...nested].map(([key, text]) => put(key, forMiniStack(text))),
    ...keys.map(async (key) => put(key, await zipOf(key, zips))),
  ])
  const TemplateURL = `https://s3.amazonaws.com/${bucket}/${template}`
  await cloud.send(new UpdateStackCommand({ ...stack, TemplateURL }))
  const made = await settled('UPDATE_COMPLETE')
  return {
    resources: all.length,
    functions: keys.length,
    journal: outputOf(made, 'JournalTable'),
    topic: outputOf(made, 'AlertsTopic'),
    apiId: outputOf(made, 'ApiId'),
    policies: new Map(
      all.flatMap(({ ManagedPolicyName: name, PolicyDocument: document }) =>
        typeof name === 'string' && !shared.includes(name) ? [[name, document]] : [],
      ),
    ),
  }

  async function put(Key: string, Body: string | Uint8Array): Promise<void> {
    await new S3Client({ forcePathStyle: true }).send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
  }

  async function settled(wanted: string): Promise<Stack> {
    for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50, undefined, { signal })) {
      const [stack] = (await cloud.send(new DescribeStacksCommand({ StackName }))).Stacks ?? []
      if (stack?.StackStatus === wanted) return stack
      if (!stack?.StackStatus?.endsWith('IN_PROGRESS'))
        throw new Error(`The stack is ${stack?.StackStatus ?? 'deleted'}: ${await reason()}`)
    }
    throw new Error(`The stack has not reached ${wanted} within ${patienceMs / 1000} s.`)
  }

  /** What failed first: the rest failed because of it. */
  async function reason(): Promise<string> {
    const pages = await Array.fromAsync(paginateDescribeStackEvents({ client: cloud }, { StackName }))
    const events = pages.flatMap(({ StackEvents = [] }) => StackEvents)
    const failed = events.filter((one) => one.ResourceStatus?.endsWith('FAILED'))
    const first = failed.sort((a, b) => Number(a.Timestamp) - Number(b.Timestamp))[0]
    return first
      ? `${first.LogicalResourceId} (${first.ResourceType}): ${first.ResourceStatusReason}`
      : 'CloudFormation gives no reason'
  }
}

const forMiniStack = (template: string): string => template.replaceAll(withReads, 'ENABLED')

function outputOf({ Outputs = [] }: Stack, key: string): string {
  const value = Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue
  if (!value) throw new Error(`The stack has no output ${key}.`)
  return value
}

async function zipOf(key: string, zips: Package['zips']): Promise<Uint8Array> {
  const zip = zips.get(basename(key))
  if (!zip)
    throw new Error(`The template needs ${basename(key)}, which infrastructure/build.ts did not make.`)
  return readFile(zip)
}
