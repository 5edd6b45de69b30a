import {
  GetUserCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
  UpdateServiceSpecificCredentialCommand,
} from '@aws-sdk/client-iam'
import { Gone } from '../../engine/errors.ts'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { iamPropagation, tagsAndNamesOf, users } from './principals.ts'

type State = { status: 'Active' | 'Inactive' }

const ServiceName = 'bedrock.amazonaws.com'

/** Disables a user's long-term Bedrock API key. Source: Bedrock User Guide, "Handle compromised API keys". */
export const disableApiKey = playbook({
  name: 'disable-api-key',
  title: 'Disable a Bedrock API key',
  copy: {
    action: 'disable API key {target}',
    contained: 'API key {target} is disabled',
    released: 'API key {target} works again',
    failed: 'API key {target} may still work',
  },
  target: ['serviceSpecificCredentialId', 'userName'],
  global: true,
  clients: { iam: IAMClient },
  reads: { 'iam:GetUser': users, 'iam:ListServiceSpecificCredentials': users },
  writes: { 'iam:UpdateServiceSpecificCredential': users },
  gone: ['NoSuchEntityException', 'NoSuchEntity'],
  settles: 20,
  caveats: () => [
    'The release activates the key again, also for an attacker who has it: reset or delete it before then.',
    'Everything that uses this key stops working. Other API keys, access keys and the password of its user still work.',
    'Short-term API keys are sessions and not IAM credentials: use deny-session or deny-inference for those.',
    iamPropagation,
  ],

  async read({ serviceSpecificCredentialId, userName }, { iam }): Promise<Reading<State>> {
    const [user, { ServiceSpecificCredentials = [] }] = await Promise.all([
      iam.send(new GetUserCommand({ UserName: userName })).then(({ User }) => User),
      // A user has at most two credentials of a service, so one page is enough. Source: IAM quotas.
      iam.send(new ListServiceSpecificCredentialsCommand({ UserName: userName, ServiceName })),
    ])
    const key = ServiceSpecificCredentials.find(
      (one) => one.ServiceSpecificCredentialId === serviceSpecificCredentialId,
    )
    if (!key) throw new Gone(`${userName} has no Bedrock API key ${serviceSpecificCredentialId}.`)
    if (key.Status === 'Expired')
      throw new Gone(`The Bedrock API key ${serviceSpecificCredentialId} has expired and no longer works.`)
    return { ...tagsAndNamesOf(user), state: { status: key.Status === 'Active' ? 'Active' : 'Inactive' } }
  },

  contain: (): State => ({ status: 'Inactive' }),

  async write({ serviceSpecificCredentialId, userName }, { status }, { iam }) {
    await iam.send(
      new UpdateServiceSpecificCredentialCommand({
        UserName: userName,
        ServiceSpecificCredentialId: serviceSpecificCredentialId,
        Status: status,
      }),
    )
  },
})
