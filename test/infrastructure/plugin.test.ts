import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import Portcullis from '../../infrastructure/plugin.ts'
import type { AnyTemplate } from '../../infrastructure/stack/template/packaged.ts'
import { the } from '../../infrastructure/stack/template/template.ts'
import { type Emulators, startEmulators } from '../../local/emulators.ts'

const Bucket = 'deployment'
const serviceDir = mkdtempSync(join(tmpdir(), 'portcullis-'))
const settings: Record<string, unknown> = {
  'sls:stage': 'dev',
  'param:ceiling': 'observe',
  'param:budget': 10,
}

let moto: Emulators<'moto'>
beforeAll(async () => {
  moto = await startEmulators({ only: 'moto' })
})
afterAll(() => {
  rmSync(serviceDir, { recursive: true })
  return moto?.stop()
})

test('each nested template is in the deployment bucket, under the key in the root template, before the stack is updated', async () => {
  const config = {
    endpoint: moto.moto,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  }
  const s3 = new S3Client(config)
  await s3.send(new CreateBucketCommand({ Bucket }))
  const compiled: AnyTemplate = { Resources: {} }
  const plugin = new Portcullis({
    serviceDir,
    service: { provider: { compiledCloudFormationTemplate: compiled } },
    getProvider: () => ({
      getAwsSdkV3Config: async () => config,
      getServerlessDeploymentBucketName: async () => Bucket,
    }),
  })
  const { value } = await plugin.resolve({
    address: 'resources',
    resolveVariable: async (name) => settings[name] ?? '',
  })
  Object.assign(compiled.Resources, (value as unknown as AnyTemplate).Resources)
  await plugin.hooks['before:aws:package:finalize:saveServiceState']()
  await plugin.hooks['after:aws:deploy:deploy:uploadArtifacts']()

  const urls = Object.values(compiled.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::CloudFormation::Stack' ? [Object.values(Properties?.TemplateURL ?? {}).join()] : [],
  )
  expect(urls.length).toBeGreaterThan(1)
  const templates = await Promise.all(
    urls.map(async (url) => {
      const Key = url.split(`${the('ServerlessDeploymentBucket')}/`)[1]
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      return JSON.parse((await Body?.transformToString()) ?? '{}') as AnyTemplate
    }),
  )
  const ids = templates.flatMap(({ Resources }) => Object.keys(Resources))
  expect(ids).toEqual(expect.arrayContaining(['DenyInferenceRole', 'ApiFloodRule', 'IdentityDeadLetters']))
  // Logical ids are unique across all templates: the plan of a deployment compares them as one.
  const all = [...ids, ...Object.keys(compiled.Resources)]
  expect(all).toHaveLength(new Set(all).size)
})
