import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'

/**
 * Lets SES send from and to every address of a domain. MiniStack is in the SES sandbox, as a new account is: it rejects
 * mail from and to unverified addresses. Unlike SES it counts a domain as verified as soon as it is registered.
 */
export async function verifyDomain(domain: string, ses = new SESv2Client({})): Promise<void> {
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: domain }))
}
