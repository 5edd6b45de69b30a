import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'

/** The ceiling that a deployed stage has at this moment: every playbook's function is told the same. */
export async function ceilingNow(prefix: string): Promise<string> {
  const asked = new GetFunctionConfigurationCommand({ FunctionName: `${prefix}-notify` })
  const { Environment } = await new LambdaClient({}).send(asked)
  return Environment?.Variables?.PORTCULLIS_CEILING ?? 'observe'
}
