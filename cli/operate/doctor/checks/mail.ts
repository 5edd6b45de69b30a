import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { type DoctorCheck, failedCheck, passedCheck, unknownCheck, warningCheck } from '../check.ts'

export const mail: DoctorCheck = {
  name: 'mail',
  title: 'SES mail',
  why: 'SES sends only from verified identities; in its sandbox, also only to verified ones',
  fix: 'aws sesv2 put-account-details --production-access-enabled … (AWS reviews it within a day)',
  async check({ stage, responders: { mail } }) {
    if (!mail) return unknownCheck(`not configured: infrastructure/stages/${stage}.json has no mail`)
    const ses = new SESv2Client({})
    const { sender } = mail
    const verified = await isVerified(ses, sender)
    if (!verified)
      return failedCheck(
        `${sender} is not verified`,
        `aws sesv2 create-email-identity --email-identity ${sender.split('@')[1]}, then its DNS records`,
      )
    const { ProductionAccessEnabled, SendingEnabled } = await ses.send(new GetAccountCommand({}))
    if (SendingEnabled === false) return failedCheck('SES has paused sending for this account')
    return ProductionAccessEnabled
      ? passedCheck(`from ${sender}`)
      : warningCheck(`from ${sender}, in the sandbox: only to verified addresses, 200 a day`)
  },
}

/** Whether the sender's address or its domain is verified. Source: SES API v2, GetEmailIdentity. */
async function isVerified(ses: SESv2Client, sender: string): Promise<boolean> {
  const names = [sender, sender.split('@')[1] ?? '']
  const asked = names.map(async (EmailIdentity) => {
    const found = await ses.send(new GetEmailIdentityCommand({ EmailIdentity })).catch((error: Error) => {
      if (error.name === 'NotFoundException') return { VerifiedForSendingStatus: false }
      throw error
    })
    return found.VerifiedForSendingStatus ?? false
  })
  return (await Promise.all(asked)).includes(true)
}
