import {
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  IAMClient,
  paginateListAccessKeys,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { Gone, Guarded, Incomplete } from '../../engine/errors.ts'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { denyOlder, isDenyOlder } from './denials.ts'
import { inlineOf, putInline } from './inline.ts'
import { tagsAndNamesOf, users } from './principals.ts'

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
  copy: {
    action: 'disable access key {target}',
    contained: 'access key {target} is disabled',
    released: 'access key {target} works again',
    failed: 'access key {target} may still work',
  },
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
      ? [
          'The release makes the key work again, for the thief too, and so it does one that is public: rotate or delete the key before then.',
        ]
      : []),
    `Whatever uses this key stops; if it is the last active one of ${user}, all of ${user}'s programs do.`,
    `All temporary sessions of ${user} from before this moment are denied, whichever key they were made with.`,
    'Released before those sessions have ended (36 hours at most), it gives them back, also when the key is deleted.',
    `Other keys, the password, and sessions of roles that ${user} has assumed go on working.`,
    'IAM shows it to all services within minutes, not at once.',
  ],

  async read({ accessKeyId, account }, { iam }): Promise<Reading<State>> {
    const UserName = await ownerOf(iam, accessKeyId, account)
    const [user, pages, sessions] = await Promise.all([
      iam.send(new GetUserCommand({ UserName })).then(({ User }) => User),
      Array.fromAsync(paginateListAccessKeys({ client: iam }, { UserName })),
      inlineOf(iam, { UserName }, policyName(accessKeyId)),
    ])
    const keys = pages.flatMap(({ AccessKeyMetadata }) => AccessKeyMetadata ?? [])
    const key = keys.find((one) => one.AccessKeyId === accessKeyId)
    if (!key) throw new Gone(`${UserName} has no key ${accessKeyId} (any more).`)
    const status = key.Status === 'Active' ? 'Active' : 'Inactive'
    return { ...tagsAndNamesOf(user), state: { user: UserName, status, sessions } }
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

  async cleanUpAfterGone({ accessKeyId }, { user, sessions }, { iam }) {
    const owner = { UserName: user }
    const present = await inlineOf(iam, owner, policyName(accessKeyId))
    // The user is gone too, or somebody made something else of it.
    if (present === null || !isDenyOlder(present, sessions)) return
    await putInline(iam, owner, policyName(accessKeyId), sessions)
  },
})

/**
 * Whose key it is. Throws `Guarded` for keys that nobody can disable here, saying what can be done: temporary ones,
 * and those for which IAM names no user (the root user's); and `Gone` where no user of the account has it (any more).
 */
async function ownerOf(iam: IAMClient, accessKeyId: string, account: string): Promise<string> {
  if (accessKeyId.startsWith('ASIA')) {
    const why = `${accessKeyId} is temporary, nobody can disable it.`
    throw new Guarded(
      'temporary-key',
      `${why} Use deny-session or revoke-sessions on its role, or disable-access-key on the key it was made with.`,
    )
  }
  const asked = new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId })
  const { UserName } = await iam.send(asked).catch((error) => {
    if (!isUnknown(error, accessKeyId)) throw error
    const why = `No user of account ${account} has ${accessKeyId}: it was deleted, or is another account's.`
    throw new Gone(`${why} For another account, name that account in the target.`, { cause: error })
  })
  if (UserName) return UserName
  const why = `IAM names no user of account ${account} for ${accessKeyId}: it is the root user's, or another account's.`
  throw new Guarded(
    'foreign-key',
    `${why} Only root disables its own key; for another account, name that account in the target.`,
  )
}

/**
 * Whether IAM refused because it knows no such key here. The API reference lists no error for that; IAM is known to
 * answer "… not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key AKIA…", and no more. Where a
 * policy refuses, its kind follows, or the resource is the user: that is a failure, and said as one.
 */
const isUnknown = ({ name, message }: Error, accessKeyId: string): boolean =>
  name.startsWith('AccessDenied') &&
  message.replace(/\W+$/, '').endsWith(`on resource: access key ${accessKeyId}`)
