import type { Call } from '../../rules/events/fact.ts'
import { isCall } from '../signals/cloudtrail.ts'
import { contentId, signalId } from '../signals/digest.ts'
import { at, definedFields, type Fields, numberAt } from '../signals/fields.ts'
import { accountId, awsId, regionId } from '../signals/identifier.ts'
import { callerIn } from '../signals/principal.ts'
import { timeOf } from '../signals/time.ts'

/**
 * The fact of a CloudTrail record about a call that does not run a model; undefined for other records. Throws
 * `BadEvent` for an invalid time. Sources: CloudTrail User Guide, "Record contents"; Amazon S3 User Guide, "CloudTrail events"
 * (`bytesTransferredOut`); SageMaker API reference, CreateModelPackage, UpdateModelPackage.
 */
export function callOf(record: Fields): Call | undefined {
  const [service, name] = [awsId(record.eventSource), awsId(record.eventName)]
  if (!isCall(record) || service === undefined || name === undefined) return undefined
  const principal = callerIn(record)
  const isApproval = at(record.requestParameters, 'modelApprovalStatus') === 'Approved'
  return definedFields<Call>({
    type: 'Call',
    origin: 'cloudtrail',
    id: signalId('call', awsId(record.eventID) ?? contentId(record)),
    time: timeOf(record.eventTime, 'eventTime'),
    account: accountId(record.recipientAccountId) ?? principal?.account,
    region: regionId(record.awsRegion),
    principal,
    service,
    name,
    errorCode: awsId(record.errorCode),
    resource:
      awsId(at(record.requestParameters, 'bucketName')) ??
      awsId(at(record.requestParameters, 'modelPackageArn')) ??
      awsId(at(record.responseElements, 'modelPackageArn')),
    bytesOut: numberAt(record.additionalEventData, 'bytesTransferredOut'),
    approves: isApproval && record.errorCode === undefined ? true : undefined,
  })
}
