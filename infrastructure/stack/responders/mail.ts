import type { Statement } from '../../../engine/policy.ts'
import type { Routing } from '../../../responders/routing.ts'
import { arn } from '../template/template.ts'

/** To send mail from the stage's one sender address, where it has one. Source: SES, "Controlling access", ses:FromAddress. */
export const sendMail = ({ mail }: Routing): Statement[] =>
  mail
    ? [
        {
          Sid: 'SendMail',
          Effect: 'Allow',
          Action: 'ses:SendEmail',
          Resource: arn('ses', 'identity/*'),
          Condition: { StringEquals: { 'ses:FromAddress': mail.sender } },
        },
      ]
    : []
