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
import { iamPropagation, tagsAndNamesOf, users } from './principals.ts'

type State = {
  /** The user of the key, which can be looked up only while the key exists. */
  user: string
  status: 'Active' | 'Inactive'
  /** The policy that denies the user's temporary sessions: they outlive the key that created them. */
  sessions: string | null
}

const policyName = (accessKeyId: string) => `PortcullisKeyOff-${accessKeyId}`

/** Disables a user's access key and the temporary sessions created with it. For its grants see revoke-sessions. */
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
          'The release activates the key again, also for an attacker who has it or if it is public: rotate or delete the key before then.',
        ]
      : []),
    `Everything that uses this key stops working; if it is the last active key of ${user}, so do all programs of ${user}.`,
    `All temporary sessions of ${user} issued before the containment are denied, whichever key created them.`,
    'A release before those sessions expire (36 hours at most) makes them work again, even if the key is deleted.',
    `Other keys, the password, and sessions of roles that ${user} has assumed still work.`,
    iamPropagation,
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
    if (!key) throw new Gone(`${UserName} has no access key ${accessKeyId}.`)
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
    // The user was deleted too, or the policy was changed since.
    if (present === null || !isDenyOlder(present, sessions)) return
    await putInline(iam, owner, policyName(accessKeyId), sessions)
  },
})

/**
 * The name of the user that a key belongs to. Throws `Gone` for a key that does not exist in the account, and `Guarded`
 * with advice for keys that cannot be disabled here: temporary keys, those of the root user and of other accounts.
 */
async function ownerOf(iam: IAMClient, accessKeyId: string, account: string): Promise<string> {
  if (accessKeyId.startsWith('ASIA')) {
    const why = `${accessKeyId} is a temporary key and cannot be disabled.`
    throw new Guarded(
      'temporary-key',
      `${why} Use deny-session or revoke-sessions on its role, or disable-access-key on the key that created it.`,
    )
  }
  const asked = new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId })
  const { UserName } = await iam.send(asked).catch((error) => {
    if (!isUnknown(error, accessKeyId)) throw error
    const why = `No user of account ${account} has ${accessKeyId}: it was deleted or belongs to another account.`
    throw new Gone(`${why} For another account, set that account in the target.`, { cause: error })
  })
  if (UserName) return UserName
  const why = `IAM names no user of account ${account} for ${accessKeyId}: it belongs to the root user or to another account.`
  throw new Guarded(
    'foreign-key',
    `${why} Only the root user can disable its own key; for another account, set that account in the target.`,
  )
}

/**
 * Whether IAM refused because the key does not exist in this account. The API reference documents no error for that. In
 * practice IAM answers "… not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key AKIA…" and nothing
 * after it. When a policy denies the call, the type of the policy follows, or the resource is the user: that is a failure.
 */
const isUnknown = ({ name, message }: Error, accessKeyId: string): boolean =>
  name.startsWith('AccessDenied') &&
  message.replace(/\W+$/, '').endsWith(`on resource: access key ${accessKeyId}`)
