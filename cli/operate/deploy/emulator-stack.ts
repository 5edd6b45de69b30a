import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourceCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Packaged } from '../packaged.ts'
import { type StagePlace, stackOf } from '../stage/stage-place.ts'

const patienceMs = 120_000
const capable = ['CAPABILITY_NAMED_IAM' as const]

/** Deploys to the emulators as `serverless deploy` does: the bucket, then zips and nested templates, then all other resources. */
export async function deployToEmulators(
  { first, whole, nested, template, zips }: Packaged,
  place: StagePlace,
): Promise<void> {
  const cloud = new CloudFormationClient({})
  const StackName = place.prefix
  if (!place.stack) {
    await cloud.send(new CreateStackCommand({ StackName, TemplateBody: first, Capabilities: capable }))
    await settled(StackName)
  }
  const bucket = await bucketOf(StackName, cloud)
  const keys = Object.values(template.Resources).flatMap(({ Properties }) => {
    const { S3Key } = (Properties?.Code ?? {}) as { S3Key?: string }
    return S3Key ? [S3Key] : []
  })
  const s3 = new S3Client({ forcePathStyle: true })
  const put = (Key: string, Body: string | Uint8Array) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
  const zipOf = (key: string) => readFile(zips.get(basename(key, '.zip')) ?? '')
  await Promise.all([
    put('template.json', whole),
    ...[...nested].map(([key, text]) => put(key, text)),
    ...keys.map(async (key) => put(key, await zipOf(key))),
  ])
  const TemplateURL = `https://s3.amazonaws.com/${bucket}/template.json`
  await cloud.send(new UpdateStackCommand({ StackName, TemplateURL, Capabilities: capable }))
  await settled(StackName)
}

/** Removes a stack from the emulators. Throws when it does not end in time. */
export async function removeFromEmulators({ prefix }: StagePlace): Promise<void> {
  await new CloudFormationClient({}).send(new DeleteStackCommand({ StackName: prefix }))
  await settled(prefix)
}

async function bucketOf(StackName: string, cloud: CloudFormationClient): Promise<string> {
  const asked = { StackName, LogicalResourceId: 'ServerlessDeploymentBucket' }
  const { StackResourceDetail } = await cloud.send(new DescribeStackResourceCommand(asked))
  return StackResourceDetail?.PhysicalResourceId ?? ''
}

async function settled(StackName: string): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
    const stack = await stackOf(StackName)
    if (!stack || /^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) return
    if (!stack.status.endsWith('IN_PROGRESS')) throw new Error(`The stack is ${stack.status}.`)
  }
  throw new Error(`The stack is still in progress after ${patienceMs / 1000} s.`)
}
