import type { Statement } from '../../engine/policy.ts'

/**
 * Every IAM action that runs a model or creates token costs, in every AWS service that offers models. Converse,
 * asynchronous and bidirectional calls are authorized as InvokeModel; streams of RetrieveAndGenerate and of agent
 * runtimes as the action that they stream. `bedrock:*` includes neither bedrock-mantle nor the Claude Platform.
 * Sources: Service Authorization Reference (Amazon Bedrock, Bedrock Mantle, Bedrock AgentCore, SageMaker AI);
 * Claude Platform on AWS User Guide, "IAM actions"; Bedrock User Guide, "API keys".
 */
export const inferenceActions = [
  'aws-external-anthropic:CallWithBearerToken',
  'aws-external-anthropic:CreateBatchInference',
  'aws-external-anthropic:CreateInference',
  'aws-external-anthropic:CreateSession',
  'bedrock-agentcore:InvokeAgentRuntime*',
  'bedrock-agentcore:InvokeHarness',
  'bedrock-mantle:CallWithBearerToken',
  'bedrock-mantle:CreateInference',
  'bedrock:AgenticRetrieveStream',
  'bedrock:CallWithBearerToken',
  'bedrock:CreateAdvancedPromptOptimizationJob',
  'bedrock:CreateEvaluationJob',
  'bedrock:CreateModelInvocationJob',
  'bedrock:GenerateQuery',
  'bedrock:Invoke*',
  'bedrock:OptimizePrompt',
  'bedrock:Rerank',
  'bedrock:RetrieveAndGenerate',
  'bedrock:StartFlowExecution',
  'sagemaker:CreateTransformJob',
  'sagemaker:InvokeEndpoint*',
] as const

/** The managed policy `${prefix}-deny-inference`: infrastructure/stack/permissions/member.ts deploys it, and deny-inference attaches it. */
export const inferencePolicy = (): { Version: string; Statement: Statement[] } => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'PortcullisDenyInference', Effect: 'Deny', Action: [...inferenceActions], Resource: '*' },
  ],
})
