import type { Statement } from '../../../engine/policy.ts'
import { arn } from '../template/template.ts'

/** To read the whole journal, by its key and by its indexes. */
export const readJournal = (prefix: string): Statement => ({
  Sid: 'ReadJournal',
  Effect: 'Allow',
  Action: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
  Resource: [arn('dynamodb', `table/${prefix}-journal`), arn('dynamodb', `table/${prefix}-journal/index/*`)],
})

/** To write items whose partition keys match one of these patterns. */
export const writeJournal = (prefix: string, ...keys: string[]): Statement => ({
  Sid: 'WriteJournal',
  Effect: 'Allow',
  Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
  Resource: arn('dynamodb', `table/${prefix}-journal`),
  Condition: keysLike(...keys),
})

/**
 * On items whose partition keys are all like one of these, in a transaction too: IAM is asked about each of its parts.
 * `ForAllValues` alone would hold for a request without keys as well. Sources: DynamoDB Developer Guide, "Using IAM
 * with transactions"; Service Authorization Reference, `dynamodb:LeadingKeys`; IAM User Guide, "Set operators".
 */
export const keysLike = (...keys: string[]): NonNullable<Statement['Condition']> => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
  Null: { 'dynamodb:LeadingKeys': 'false' },
})
