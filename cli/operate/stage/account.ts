import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

/** The account of the credentials. Throws errors of AWS. */
export async function accountOf(): Promise<string> {
  const { Account = '' } = await new STSClient({}).send(new GetCallerIdentityCommand({}))
  return Account
}
