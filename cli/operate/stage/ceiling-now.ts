import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'

/** The ceiling of a deployed stage. The functions of all playbooks have the same one: that of `notify` is read. */
export async function ceilingNow(prefix: string): Promise<string> {
  const asked = new GetFunctionConfigurationCommand({ FunctionName: `${prefix}-notify` })
  const { Environment } = await new LambdaClient({}).send(asked)
  return Environment?.Variables?.PORTCULLIS_CEILING ?? 'observe'
}
