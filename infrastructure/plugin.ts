import { build } from './build.ts'
import { type Deployment, deploymentOf, warningOf } from './stack/deployment.ts'
import { stack } from './stack.ts'

interface Lookup {
  address: 'functions' | 'resources'
  resolveVariable(name: string): Promise<unknown>
}

/**
 * What serverless.yml needs of us: `${stack:functions}` and `${stack:resources}`, and the bundles before they are
 * packaged. Source: osls, plugins ("configurationVariablesSources").
 */
export default class Portcullis {
  configurationVariablesSources = { stack: { resolve: (it: Lookup) => this.resolve(it) } }
  hooks = { 'before:package:createDeploymentArtifacts': () => this.prepare() }
  private deployment: Deployment | undefined

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
}
