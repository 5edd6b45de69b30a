import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { build } from './build.ts'
import { type Deployment, deploymentOf, warningOf } from './stack/deployment.ts'
import { nestedFile, nestedText } from './stack/template/nested.ts'
import { nestedTemplatesIn } from './stack/template/packaged.ts'
import { stack } from './stack.ts'

interface Lookup {
  address: 'functions' | 'resources'
  resolveVariable(name: string): Promise<unknown>
}

/** What the plugin uses of osls. */
interface Osls {
  serviceDir: string
  service: { provider: { compiledCloudFormationTemplate: Parameters<typeof nestedTemplatesIn>[1] } }
  getProvider(name: 'aws'): {
    getAwsSdkV3Config(): Promise<S3ClientConfig>
    getServerlessDeploymentBucketName(): Promise<string>
  }
}

/**
 * What serverless.yml needs of the project: `${stack:functions}` and `${stack:resources}`, the bundles before they are
 * packaged, the nested templates in the package, and in the deployment bucket before the stack is updated.
 * Source: osls, "Plugins" (configurationVariablesSources, lifecycle events).
 */
export default class Portcullis {
  configurationVariablesSources = { stack: { resolve: (it: Lookup) => this.resolve(it) } }
  hooks = {
    'before:package:createDeploymentArtifacts': () => this.prepare(),
    'before:aws:package:finalize:saveServiceState': () => this.writeNested(),
    'after:aws:deploy:deploy:uploadArtifacts': () => this.uploadNested(),
  }
  private deployment: Deployment | undefined
  private readonly osls: Osls

  constructor(osls: Osls) {
    this.osls = osls
  }

  async resolve({ address, resolveVariable }: Lookup) {
    const names = [
      'sls:stage',
      'param:ceiling',
      'param:budget',
      'param:longest',
      'param:email',
      'param:logBucket',
    ]
    const [stage, ceiling, budget, longest, email, logBucket] = await Promise.all(
      names.map((name) => resolveVariable(name)),
    )
    this.deployment = deploymentOf({ stage, ceiling, budget, longest, email, logBucket })
    return { value: stack(this.deployment)[address] }
  }

  async prepare(): Promise<void> {
    const warning = this.deployment && warningOf(this.deployment)
    if (warning) console.warn(warning)
    await build()
  }

  /** osls moves the whole folder to where the package is wanted. */
  async writeNested(): Promise<void> {
    if (!this.deployment) return
    await mkdir(this.folder, { recursive: true })
    for (const template of stack(this.deployment).nested)
      await writeFile(join(this.folder, nestedFile(template.name)), nestedText(template))
  }

  async uploadNested(): Promise<void> {
    const provider = this.osls.getProvider('aws')
    const Bucket = await provider.getServerlessDeploymentBucketName()
    const s3 = new S3Client(await provider.getAwsSdkV3Config())
    const root = this.osls.service.provider.compiledCloudFormationTemplate
    for (const { key, text } of await nestedTemplatesIn(this.folder, root))
      await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: text, ContentType: 'application/json' }))
  }

  private get folder(): string {
    return join(this.osls.serviceDir, '.serverless')
  }
}
