import type { ModelInvocationObserved, Signal } from '../../rules/events/signal.ts'
import { modelAnswerOf } from './answer.ts'
import { guardrailId } from './assessments.ts'
import { callerLabelsOf, labelSourcesIn } from './caller-labels.ts'
import { contentId, signalId } from './digest.ts'
import { asFields, asList, at, definedFields, type Fields, get, numberAt } from './fields.ts'
import { guardrailSignals } from './guardrail.ts'
import { accountId, applicationId, awsId, regionId, vocabularyWord } from './identifier.ts'
import { callerIn } from './principal.ts'
import { timeOf } from './time.ts'
import { completeTokens } from './tokens.ts'

/**
 * Calls that run a model, by the prefix of the event source. Sources: Bedrock User Guide, "Monitor API calls using
 * CloudTrail" and "… bedrock-mantle …"; AgentCore Developer Guide; SageMaker Developer Guide, "Log API calls".
 */
export const inferenceCalls: Record<string, readonly string[]> = {
  'bedrock-mantle.': ['CreateInference'],
  'bedrock-agentcore.': ['InvokeAgentRuntime', 'InvokeGateway', 'InvokeMcp'],
  bedrock: [
    'InvokeModel',
    'InvokeModelWithResponseStream',
    'InvokeModelWithBidirectionalStream',
    'Converse',
    'ConverseStream',
    'StartAsyncInvoke',
    'CreateModelInvocationJob',
    'InvokeAgent',
    'InvokeInlineAgent',
    'InvokeFlow',
    'RetrieveAndGenerate',
    'RetrieveAndGenerateStream',
  ],
  sagemaker: ['InvokeEndpoint', 'InvokeEndpointAsync', 'InvokeEndpointWithResponseStream'],
  'runtime.sagemaker': ['InvokeEndpoint', 'InvokeEndpointAsync', 'InvokeEndpointWithResponseStream'],
}

export const isCall = (record: Fields): boolean =>
  typeof record.eventSource === 'string' && typeof record.eventName === 'string'

/** The signals in a CloudTrail record; none for calls that neither run a model nor apply a guardrail. */
export function signalsOfCall(record: Fields): Signal[] {
  if (record.eventName === 'ApplyGuardrail') return guardrailSignalsOf(record)
  return isInference(record) ? [invocationOf(record)] : []
}

function guardrailSignalsOf(record: Fields): Signal[] {
  const request = asFields(record.requestParameters)
  const answer = modelAnswerOf(record.responseElements)
  const id = guardrailIn(record) ?? answer.guardrail?.id
  const version = unlessEnforced(get(request, 'guardrailVersion')) ?? answer.guardrail?.version
  const side = vocabularyWord(get(request, 'source'))
  const common = definedFields<ReturnType<typeof commonOf> & Pick<Signal, 'guardrail' | 'direction'>>({
    ...commonOf(record),
    guardrail: id === undefined ? undefined : definedFields({ id, version }),
    direction: side === 'INPUT' ? 'input' : side === 'OUTPUT' ? 'output' : undefined,
  })
  return guardrailSignals(answer, common, [keyOf(record)])
}

function invocationOf(record: Fields): ModelInvocationObserved {
  const request = asFields(record.requestParameters)
  const details = asFields(record.serviceEventDetails)
  const counted = at(details, 'AdditionalEventData', 'additionalEntries') ?? at(details, 'additionalEntries')
  const [input, output] = [numberAt(counted, 'inputTokens'), numberAt(counted, 'outputTokens')]
  const isGuarded =
    get(request, 'guardrailIdentifier') ?? at(request, 'guardrailConfig', 'guardrailIdentifier')
  const isBearer =
    get(request, 'callWithBearerToken') ?? at(record.additionalEventData, 'callWithBearerToken')
  return definedFields<ModelInvocationObserved>({
    schema: '1',
    type: 'ModelInvocationObserved',
    id: signalId('invocation', 'cloudtrail', keyOf(record)),
    ...commonOf(record),
    operation: awsId(record.eventName) ?? 'unknown',
    errorCode: awsId(record.errorCode),
    model:
      awsId(get(request, 'modelId')) ??
      awsId(get(request, 'model')) ??
      awsId(get(request, 'endpointName')) ??
      resourceOf(record),
    agent: awsId(get(request, 'agentId')) ?? awsId(get(request, 'agentRuntimeArn')),
    tokens:
      input === undefined && output === undefined
        ? undefined
        : completeTokens(definedFields({ input, output })),
    completes: awsId(get(details, 'parentRequestId')),
    guarded: isGuarded === undefined ? undefined : true,
    bearerToken: isBearer === true ? true : undefined,
    policies: [],
    attack: false,
  })
}

/** The fields that all signals of a call have. */
const commonOf = (record: Fields) => {
  const request = asFields(record.requestParameters)
  const principal = callerIn(record)
  return definedFields<Omit<Signal, 'schema' | 'type' | 'id' | 'policies' | 'attack'>>({
    origin: 'cloudtrail',
    time: timeOf(record.eventTime, 'eventTime'),
    account: accountId(record.recipientAccountId) ?? principal?.account,
    region: regionId(record.awsRegion),
    requestId: awsId(record.requestID),
    principal,
    ...callerLabelsOf(...labelSourcesIn(request), { sessionId: applicationId(get(request, 'sessionId')) }),
    evidence: { where: 'cloudtrail', id: keyOf(record) },
  })
}

const keyOf = (record: Fields) => awsId(record.eventID) ?? contentId(record)

function isInference({ eventSource, eventName }: Fields): boolean {
  const service = Object.keys(inferenceCalls).find((prefix) => String(eventSource).startsWith(prefix))
  return service !== undefined && (inferenceCalls[service]?.includes(String(eventName)) ?? false)
}

/** CloudTrail writes `ENFORCED` instead of the id of a guardrail that the account or the organization enforces. */
const unlessEnforced = (value: unknown) => (value === 'ENFORCED' ? undefined : awsId(value))

const guardrailIn = (record: Fields) =>
  guardrailId(unlessEnforced(at(record.requestParameters, 'guardrailIdentifier'))) ??
  asList(record.resources)
    .map((one) => (at(one, 'type') === 'AWS::Bedrock::Guardrail' ? guardrailId(at(one, 'ARN')) : undefined))
    .find(Boolean)

const resourceOf = (record: Fields) =>
  asList(record.resources)
    .map((one) => awsId(at(one, 'ARN')))
    .find(Boolean)
