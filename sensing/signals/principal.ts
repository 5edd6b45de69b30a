import type { Principal } from '../../rules/events/signal.ts'
import { asFields, at, definedFields, get } from './fields.ts'
import { accountId, awsId } from './identifier.ts'

const arnForm = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):(root|user|role|assumed-role|federated-user)(?:\/(.+))?$/

/** The principal of an ARN; undefined for ARNs of other services than IAM and STS. Source: IAM User Guide, "IAM identifiers". */
export function principalOfRecord(arn: unknown): Principal | undefined {
  const text = awsId(arn)
  const [, account, kind, path = ''] = (text && arnForm.exec(text)) || []
  if (text === undefined || account === undefined || kind === undefined) return undefined
  const steps = path.split('/')
  if (kind === 'root') return { name: 'root', arn: text, account }
  if (kind === 'assumed-role')
    return definedFields<Principal>({ name: `role/${steps[0]}`, arn: text, account, session: steps[1] })
  // The name comes last, after the path. A federated user has no IAM role or user.
  const name = kind === 'federated-user' ? text : `${kind}/${steps.at(-1)}`
  return { name, arn: text, account }
}

/** The caller in a CloudTrail record. The role is taken from the session's issuer, whose ARN includes the path. */
export function callerIn(record: unknown): Principal | undefined {
  const identity = asFields(at(record, 'userIdentity'))
  const issuer = at(identity, 'sessionContext', 'sessionIssuer')
  const named = principalOfRecord(get(identity, 'arn'))
  const issuedFrom = principalOfRecord(at(issuer, 'arn'))
  const unnamed = awsId(get(identity, 'invokedBy')) ?? awsId(get(identity, 'principalId'))
  const name = issuedFrom?.name ?? named?.name ?? unnamed
  if (name === undefined) return undefined
  return definedFields<Principal>({
    name,
    arn: named?.arn,
    account: issuedFrom?.account ?? named?.account ?? accountId(get(identity, 'accountId')),
    accessKeyId: awsId(get(identity, 'accessKeyId')),
    principalId: awsId(get(identity, 'principalId')),
    session: named?.session,
    sourceIdentity: awsId(at(identity, 'sessionContext', 'sourceIdentity')),
    sourceIp: awsId(at(record, 'sourceIPAddress')),
  })
}
