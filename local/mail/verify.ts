import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'

/**
 * Lets SES send from and to every address of a domain. MiniStack is in the sandbox, as a new account is: it rejects
 * mail from, and to, what was not verified; unlike SES it takes a domain for verified as soon as it is named.
 */
export async function verifyDomain(domain: string, ses = new SESv2Client({})): Promise<void> {
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: domain }))
}
