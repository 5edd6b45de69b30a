import {
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  IAMClient,
  paginateListAccessKeys,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { Gone, Guarded, Incomplete } from '../engine/errors.ts'
import { playbook } from '../engine/playbook.ts'
import { denyOlder } from './denials.ts'
import { inlineOf, putInline } from './inline.ts'
import { found, users } from './principals.ts'

type State = {
  /** Whose key it is: the key alone says it, and only as long as it exists. */
  user: string
  status: 'Active' | 'Inactive'
  /** What denies the user's temporary sessions: they outlive the key they were made with. */
  sessions: string | null
}

const policyName = (accessKeyId: string) => `PortcullisKeyOff-${accessKeyId}`

/** Disables a user's access key and the temporary sessions made with it. For its grants see revoke-sessions. */
export const disableAccessKey = playbook({
  name: 'disable-access-key',
  title: 'Disable an access key',
  target: ['accessKeyId'],
  global: true,
  clients: { iam: IAMClient },
  reads: {
    'iam:GetAccessKeyLastUsed': users,
    'iam:GetUser': users,
    'iam:GetUserPolicy': users,
    'iam:ListAccessKeys': users,
  },
  writes: { 'iam:DeleteUserPolicy': users, 'iam:PutUserPolicy': users, 'iam:UpdateAccessKey': users },
  gone: ['NoSuchEntityException', 'NoSuchEntity'],
  settles: 20,
  caveats: ({ user, status }: State) => [
    ...(status === 'Active'
      ? ['The release makes the key work again, for the thief too: replace and delete it first.']
      : []),
    `Whatever uses this key stops; if it is the last active one of ${user}, all of ${user}'s programs do.`,
    `All temporary sessions of ${user} from before this moment are denied, whichever key they were made with.`,
    `Other keys, the password, and sessions of roles that ${user} has assumed go on working.`,
    `Once the key is deleted, nothing takes PortcullisKeyOff-… off ${user}: it is harmless, delete it by hand.`,
    'IAM shows it to all services within minutes, not at once.',
  ],

  async read({ accessKeyId, account }, { iam }, { spare }): Promise<State> {
    const UserName = await ownerOf(iam, accessKeyId, account)
    const [user, pages, sessions] = await Promise.all([
      iam.send(new GetUserCommand({ UserName })).then(({ User }) => User),
      Array.fromAsync(paginateListAccessKeys({ client: iam }, { UserName })),
      inlineOf(iam, { UserName }, policyName(accessKeyId)),
    ])
    spare(found(user))
    const keys = pages.flatMap(({ AccessKeyMetadata }) => AccessKeyMetadata ?? [])
    const key = keys.find((one) => one.AccessKeyId === accessKeyId)
    if (!key) throw new Gone(`${UserName} has no key ${accessKeyId} (any more).`)
    return { user: UserName, status: key.Status === 'Active' ? 'Active' : 'Inactive', sessions }
  },

  contain: ({ user, sessions }, { at }): State => ({
    user,
    status: 'Inactive',
    sessions: denyOlder(sessions, at),
  }),

  async write({ accessKeyId }, { user, status, sessions }, { iam }) {
    const UserName = user
    const parts = await Promise.allSettled([
      iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: accessKeyId, Status: status })),
      putInline(iam, { UserName }, policyName(accessKeyId), sessions),
    ])
    const errors = parts.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    if (errors.length > 0) throw errors.length === 1 ? errors[0] : new Incomplete(errors)
  },
})

/**
 * Whose key it is. Throws `Guarded` for keys that nobody can disable here, saying what can be done: temporary
 * ones, the root user's, and those of other accounts, for which IAM names no user or refuses the answer
 * (the API reference of GetAccessKeyLastUsed lists no error of its own).
 */
async function ownerOf(iam: IAMClient, accessKeyId: string, account: string): Promise<string> {
  if (accessKeyId.startsWith('ASIA')) {
    const why = `${accessKeyId} is temporary, nobody can disable it.`
    throw new Guarded(
      'temporary-key',
      `${why} Use deny-session or revoke-sessions on its role, or disable-access-key on the key it was made with.`,
    )
  }
  const { UserName } = await iam
    .send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }))
    .catch((error) => {
      if (['AccessDenied', 'AccessDeniedException'].includes(error.name)) return { UserName: undefined }
      throw error
    })
  if (UserName) return UserName
  const why = `IAM names no user of account ${account} for ${accessKeyId}: it is the root user's, another account's, or we may not ask.`
  throw new Guarded(
    'foreign-key',
    `${why} Only root disables its own key; for another account, name that account in the target.`,
  )
}
