import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { type DoctorCheck, failedCheck, passedCheck, unknownCheck, warningCheck } from '../check.ts'

export const mail: DoctorCheck = {
  name: 'mail',
  title: 'SES mail',
  why: 'SES sends from nobody whom it does not know; in its sandbox to nobody else either',
  fix: 'aws sesv2 put-account-details --production-access-enabled … (AWS looks at it within a day)',
  async check({ stage, responders: { mail } }) {
    if (!mail) return unknownCheck(`nothing to check: stages/${stage}.json mails nobody`)
    const ses = new SESv2Client({})
    const { sender } = mail
    const verified = await isVerified(ses, sender)
    if (!verified)
      return failedCheck(
        `${sender} is not verified`,
        `aws sesv2 create-email-identity --email-identity ${sender.split('@')[1]}, then its DNS records`,
      )
    const { ProductionAccessEnabled, SendingEnabled } = await ses.send(new GetAccountCommand({}))
    if (SendingEnabled === false) return failedCheck('SES has stopped sending for this account')
    return ProductionAccessEnabled
      ? passedCheck(`from ${sender}`)
      : warningCheck(`from ${sender}, in the sandbox: only to addresses that are verified, 200 a day`)
  },
}

/** Its own identity, or its domain's. Source: SES API v2, GetEmailIdentity. */
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
