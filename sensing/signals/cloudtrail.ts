import type { ModelInvocationObserved, Signal } from '../../rules/events/signal.ts'
import { modelAnswerOf } from './answer.ts'
import { guardrailId } from './assessments.ts'
import { callerLabelsOf, placesIn } from './caller-labels.ts'
import { contentId, signalId } from './digest.ts'
import { at, definedFields, type Fields, fieldsOf, get, listOf, numberAt } from './fields.ts'
import { guardrailSignals } from './guardrail.ts'
import { accountId, awsId, ownId, regionId, word } from './identifier.ts'
import { callerIn } from './principal.ts'
import { timeOf } from './time.ts'
import { totalled } from './tokens.ts'

/**
 * Calls that run a model, by the beginning of the service's name. Sources: Bedrock User Guide, "Monitor API calls using
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

/** Signals of a CloudTrail record: none of calls that neither run a model nor judge a text. */
export function signalsOfCall(record: Fields): Signal[] {
  if (record.eventName === 'ApplyGuardrail') return judged(record)
  return isInference(record) ? [called(record)] : []
}

function judged(record: Fields): Signal[] {
  const asked = fieldsOf(record.requestParameters)
  const answer = modelAnswerOf(record.responseElements)
  const id = ownedGuardrail(record) ?? answer.guardrail?.id
  const version = marker(get(asked, 'guardrailVersion')) ?? answer.guardrail?.version
  const side = word(get(asked, 'source'))
  const about = definedFields<ReturnType<typeof commonOf> & Pick<Signal, 'guardrail' | 'direction'>>({
    ...commonOf(record),
    guardrail: id === undefined ? undefined : definedFields({ id, version }),
    direction: side === 'INPUT' ? 'input' : side === 'OUTPUT' ? 'output' : undefined,
  })
  return guardrailSignals(answer, about, [keyOf(record)])
}

function called(record: Fields): ModelInvocationObserved {
  const asked = fieldsOf(record.requestParameters)
  const details = fieldsOf(record.serviceEventDetails)
  const counted = at(details, 'AdditionalEventData', 'additionalEntries') ?? at(details, 'additionalEntries')
  const [input, output] = [numberAt(counted, 'inputTokens'), numberAt(counted, 'outputTokens')]
  const isGuarded = get(asked, 'guardrailIdentifier') ?? at(asked, 'guardrailConfig', 'guardrailIdentifier')
  const isBearer = get(asked, 'callWithBearerToken') ?? at(record.additionalEventData, 'callWithBearerToken')
  return definedFields<ModelInvocationObserved>({
    schema: '1',
    type: 'ModelInvocationObserved',
    id: signalId('invocation', 'cloudtrail', keyOf(record)),
    ...commonOf(record),
    operation: awsId(record.eventName) ?? 'unknown',
    errorCode: awsId(record.errorCode),
    model:
      awsId(get(asked, 'modelId')) ??
      awsId(get(asked, 'model')) ??
      awsId(get(asked, 'endpointName')) ??
      resourceOf(record),
    agent: awsId(get(asked, 'agentId')) ?? awsId(get(asked, 'agentRuntimeArn')),
    tokens:
      input === undefined && output === undefined ? undefined : totalled(definedFields({ input, output })),
    completes: awsId(get(details, 'parentRequestId')),
    guarded: isGuarded === undefined ? undefined : true,
    bearerToken: isBearer === true ? true : undefined,
    policies: [],
    attack: false,
  })
}

/** What every signal of a call says. */
const commonOf = (record: Fields) => {
  const asked = fieldsOf(record.requestParameters)
  const principal = callerIn(record)
  return definedFields<Omit<Signal, 'schema' | 'type' | 'id' | 'policies' | 'attack'>>({
    origin: 'cloudtrail',
    time: timeOf(record.eventTime, 'eventTime'),
    account: accountId(record.recipientAccountId) ?? principal?.account,
    region: regionId(record.awsRegion),
    requestId: awsId(record.requestID),
    principal,
    ...callerLabelsOf(...placesIn(asked), { sessionId: ownId(get(asked, 'sessionId')) }),
    evidence: { where: 'cloudtrail', id: keyOf(record) },
  })
}

const keyOf = (record: Fields) => awsId(record.eventID) ?? contentId(record)

function isInference({ eventSource, eventName }: Fields): boolean {
  const service = Object.keys(inferenceCalls).find((prefix) => String(eventSource).startsWith(prefix))
  return service !== undefined && (inferenceCalls[service]?.includes(String(eventName)) ?? false)
}

/** `ENFORCED` stands where an account's or organization's guardrail was applied: a marker, not an id. */
const marker = (value: unknown) => (value === 'ENFORCED' ? undefined : awsId(value))

const ownedGuardrail = (record: Fields) =>
  guardrailId(marker(at(record.requestParameters, 'guardrailIdentifier'))) ??
  listOf(record.resources)
    .map((one) => (at(one, 'type') === 'AWS::Bedrock::Guardrail' ? guardrailId(at(one, 'ARN')) : undefined))
    .find(Boolean)

const resourceOf = (record: Fields) =>
  listOf(record.resources)
    .map((one) => awsId(at(one, 'ARN')))
    .find(Boolean)
