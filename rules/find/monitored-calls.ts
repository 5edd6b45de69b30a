/*
 * What is watched besides inference, in Call facts. The stack's shared rules and the windows have it from here.
 */

/** Looking round before LLMjacking (T06). */
export const recon = [
  'GetFoundationModelAvailability',
  'GetModelInvocationLoggingConfiguration',
  'GetUseCaseForModelAccess',
  'ListFoundationModelAgreementOffers',
  'ListFoundationModels',
] as const

/** Calls that may take a guardrail away, or weaken it (T15). */
export const tampering = [
  'DeleteEnforcedGuardrailConfiguration',
  'DeleteGuardrail',
  'UpdateGuardrail',
] as const

/** Roles that agents run as, by the names that AWS's consoles give them (T31). */
export const agentRoles = ['*AgentCore*', '*AmazonBedrockExecutionRoleForAgents_*'] as const

/** What such a role calls in any case. Source: AgentCore and Bedrock Agents developer guides, execution roles. */
export const agentServices = [
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
] as const

/** How the names of buckets with model artefacts end (T38). */
export const artefacts = '-model-artifacts'

/**
 * Calls that make more of the user behind a Bedrock API key (T09). With the key AWS's console attaches one policy, and
 * that is well. Source: Bedrock User Guide, "Generate long-term Amazon Bedrock API keys".
 */
export const widening = {
  calls: ['AttachUserPolicy', 'CreateAccessKey', 'CreateLoginProfile', 'PutUserPolicy', 'UpdateLoginProfile'],
  of: {
    userName: [{ prefix: 'BedrockAPIKey-' }],
    policyArn: [
      { exists: false },
      { 'anything-but': ['arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess'] },
    ],
  },
} as const
