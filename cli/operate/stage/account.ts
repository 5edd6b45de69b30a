import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

/** The account of the credentials. Throws what AWS says. */
export async function accountOf(): Promise<string> {
  const { Account = '' } = await new STSClient({}).send(new GetCallerIdentityCommand({}))
  return Account
}
