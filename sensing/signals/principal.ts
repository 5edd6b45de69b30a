import type { Principal } from '../../rules/events/signal.ts'
import { at, definedFields, fieldsOf, get } from './fields.ts'
import { accountId, awsId } from './identifier.ts'

const arnForm = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):(root|user|role|assumed-role|federated-user)(?:\/(.+))?$/

/** Who an ARN names; nobody if it is none of IAM or STS. Source: IAM User Guide, "IAM identifiers". */
export function principalOfRecord(arn: unknown): Principal | undefined {
  const text = awsId(arn)
  const [, account, kind, path = ''] = (text && arnForm.exec(text)) || []
  if (text === undefined || account === undefined || kind === undefined) return undefined
  const steps = path.split('/')
  if (kind === 'root') return { name: 'root', arn: text, account }
  if (kind === 'assumed-role')
    return definedFields<Principal>({ name: `role/${steps[0]}`, arn: text, account, session: steps[1] })
  // A path comes before the name; a federated user has no role or user of their own.
  const name = kind === 'federated-user' ? text : `${kind}/${steps.at(-1)}`
  return { name, arn: text, account }
}

/** Who CloudTrail says called. The role comes from the session's issuer: its ARN has the path, the session's has not. */
export function callerIn(record: unknown): Principal | undefined {
  const identity = fieldsOf(at(record, 'userIdentity'))
  const issuer = at(identity, 'sessionContext', 'sessionIssuer')
  const named = principalOfRecord(get(identity, 'arn'))
  const behind = principalOfRecord(at(issuer, 'arn'))
  const unnamed = awsId(get(identity, 'invokedBy')) ?? awsId(get(identity, 'principalId'))
  const name = behind?.name ?? named?.name ?? unnamed
  if (name === undefined) return undefined
  return definedFields<Principal>({
    name,
    arn: named?.arn,
    account: behind?.account ?? named?.account ?? accountId(get(identity, 'accountId')),
    accessKeyId: awsId(get(identity, 'accessKeyId')),
    principalId: awsId(get(identity, 'principalId')),
    session: named?.session,
    sourceIdentity: awsId(at(identity, 'sessionContext', 'sourceIdentity')),
    sourceIp: awsId(at(record, 'sourceIPAddress')),
  })
}
