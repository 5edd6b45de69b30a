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
import type { Package } from './package.ts'

/** The stack's name, and what the name of everything in it begins with. */
export const StackName = 'portcullis-local'

const template = 'template.json'
/** MiniStack takes a rule in this state for disabled; to it, calls that only read are like all others. */
const withReads = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'
const patienceMs = 60_000

interface Template {
  Resources: Record<string, { Type: string; Properties: Properties }>
}
interface Properties {
  Code?: { S3Key: string }
  ManagedPolicyName?: string
  PolicyDocument?: unknown
}

export interface Deployed {
  resources: number
  functions: number
  journal: string
  topic: string
  /** Of the HTTP API for responders. */
  apiId: string
  /** The managed policies of the stack, by their names. */
  policies: Map<string, unknown>
}

/**
 * Deploys the package as `serverless deploy` would: the bucket, the zips into it, then everything else.
 * Throws naming the resource that failed and why.
 */
export async function deploy({ templates, zips }: Package, signal: AbortSignal): Promise<Deployed> {
  const cloud = new CloudFormationClient({})
  const [first, whole] = [templates[0], templates[1].replaceAll(withReads, 'ENABLED')]
  const { Resources }: Template = JSON.parse(whole)
  const all = Object.values(Resources)
  const stack = { StackName, Capabilities: ['CAPABILITY_NAMED_IAM' as const] }

  await cloud.send(new CreateStackCommand({ ...stack, TemplateBody: first }))
  const bucket = outputOf(await settled('CREATE_COMPLETE'), 'ServerlessDeploymentBucketName')
  const keys = all.flatMap(({ Properties: { Code } }) => (Code ? [Code.S3Key] : []))
  // By way of the bucket: a request takes templates of up to 51,200 characters (CloudFormation quotas).
  await Promise.all([put(template, whole), ...keys.map(async (key) => put(key, await zipOf(key, zips)))])
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
      all.flatMap(({ Properties: it }) =>
        it.ManagedPolicyName ? [[it.ManagedPolicyName, it.PolicyDocument]] : [],
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
        throw new Error(`The stack is ${stack?.StackStatus ?? 'gone'}: ${await reason()}`)
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
      : 'nobody says why'
  }
}

function outputOf({ Outputs = [] }: Stack, key: string): string {
  const value = Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue
  if (!value) throw new Error(`The stack has no output ${key}.`)
  return value
}

async function zipOf(key: string, zips: Package['zips']): Promise<Uint8Array> {
  const zip = zips.get(basename(key))
  if (!zip)
    throw new Error(`The template wants ${basename(key)}, which infrastructure/build.ts did not make.`)
  return readFile(zip)
}
