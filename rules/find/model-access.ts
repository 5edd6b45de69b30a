/** Calls to Bedrock that switch on access to a model: the second stage of LLMjacking, after looking round. */
export const modelAccess = [
  'CreateFoundationModelAgreement',
  'PutFoundationModelEntitlement',
  'PutUseCaseForModelAccess',
] as const
