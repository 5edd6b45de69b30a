import { build } from '../build.ts'
import { stack } from '../stack.ts'
import { deploymentOf } from './deployment.ts'

interface Lookup {
  address: 'functions' | 'resources'
  resolveVariable(name: string): Promise<unknown>
}

/**
 * What serverless.yml needs of us: `${stack:functions}` and `${stack:resources}`, and the bundles before they are
 * packaged. Source: osls, plugins ("configurationVariablesSources").
 */
export default class Portcullis {
  configurationVariablesSources = { stack: { resolve } }
  hooks = { 'before:package:createDeploymentArtifacts': build }
}

async function resolve({ address, resolveVariable }: Lookup) {
  const [stage, ceiling, budget, longest] = await Promise.all([
    resolveVariable('sls:stage'),
    resolveVariable('param:ceiling'),
    resolveVariable('param:budget'),
    resolveVariable('param:longest'),
  ])
  return { value: stack(deploymentOf({ stage, ceiling, budget, longest }))[address] }
}
