/*
 * API calls other than inference that are monitored. Thresholds and the stack's own rules both take them from here.
 */

/** Calls to Bedrock before LLMjacking: reconnaissance (THREAT-06). */
export const reconnaissanceCalls = [
  'GetFoundationModelAvailability',
  'GetModelInvocationLoggingConfiguration',
  'GetUseCaseForModelAccess',
  'ListFoundationModelAgreementOffers',
  'ListFoundationModels',
] as const

/** Calls to Bedrock that enable access to a model: the second stage of LLMjacking, after reconnaissance. */
export const modelAccessCalls = [
  'CreateFoundationModelAgreement',
  'PutFoundationModelEntitlement',
  'PutUseCaseForModelAccess',
] as const

/** Calls that may remove or weaken a guardrail (THREAT-15). */
export const guardrailChanges = [
  'DeleteEnforcedGuardrailConfiguration',
  'DeleteGuardrail',
  'UpdateGuardrail',
] as const

/** Names that AWS's consoles give to the roles of agents (THREAT-31). */
export const agentRoles = ['*AgentCore*', '*AmazonBedrockExecutionRoleForAgents_*'] as const

const agentRole = new RegExp(agentRoles.map((name) => name.replaceAll('*', '.*')).join('|'))

export const isAgentRole = (name = ''): boolean => agentRole.test(name)

/** Services that such a role calls by design. Source: AgentCore and Bedrock Agents developer guides, execution roles. */
export const agentServices: ReadonlySet<string> = new Set([
  'bedrock-agentcore-control.amazonaws.com',
  'bedrock-agentcore.amazonaws.com',
  'bedrock-mantle.amazonaws.com',
  'bedrock-runtime.amazonaws.com',
  'bedrock.amazonaws.com',
  'ecr.amazonaws.com',
  'kms.amazonaws.com',
  'logs.amazonaws.com',
  'monitoring.amazonaws.com',
  'xray.amazonaws.com',
])

/** How the names of buckets with model artefacts end (THREAT-38). */
export const modelArtefactsSuffix = '-model-artifacts'

/**
 * Calls that give further rights to the user behind a Bedrock API key (THREAT-09). AWS's console attaches one policy
 * when it makes the key; that one is expected. Source: Bedrock User Guide, "Generate long-term Amazon Bedrock API keys".
 */
export const apiKeyUserChanges = {
  calls: ['AttachUserPolicy', 'CreateAccessKey', 'CreateLoginProfile', 'PutUserPolicy', 'UpdateLoginProfile'],
  parameters: {
    userName: [{ prefix: 'BedrockAPIKey-' }],
    policyArn: [
      { exists: false },
      { 'anything-but': ['arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess'] },
    ],
  },
} as const
