import type { ModelInvocationObserved, Signal } from '../../rules/events/signal.ts'
import { type ModelAnswer, modelAnswerOf } from './answer.ts'
import { callerLabelsOf, labelSourcesIn } from './caller-labels.ts'
import { contentId, signalId, textDigest } from './digest.ts'
import { asFields, at, definedFields, get, isFields } from './fields.ts'
import { guardrailSignals } from './guardrail.ts'
import { accountId, awsId, regionId, vocabularyWord } from './identifier.ts'
import { principalOfRecord } from './principal.ts'
import { promptIn } from './prompt-text.ts'
import { timeOf } from './time.ts'
import { completeTokens } from './tokens.ts'
import { unreadable } from './unreadable.ts'

/**
 * The signals in what an application publishes: an answer of Converse, InvokeModel, ApplyGuardrail or an agent, or the
 * events of its stream, bare or as `{ response, id?, request?, user?, session?, principal?, modelId?, time? }`.
 * Throws `BadEvent` for anything else.
 */
export function signalsOfTrace(record: unknown): Signal[] {
  const published = asFields(record)
  const wrapped = get(published, 'response') ?? get(published, 'answer')
  const body = wrapped ?? record
  const answer = modelAnswerOf(body)
  if (answer.kind === 'unknown') throw unreadable('record', 'is not a record of a known source', record)
  const common = commonOf(record, body, answer)
  const key = [common.evidence.id]
  const guardrail = guardrailSignals(answer, common, key)
  return answer.kind === 'ApplyGuardrail' ? guardrail : [...guardrail, observed(answer, common, key)]
}

const observed = (answer: ModelAnswer, common: ReturnType<typeof commonOf>, key: string[]) =>
  definedFields<ModelInvocationObserved>({
    schema: '1',
    type: 'ModelInvocationObserved',
    id: signalId('invocation', 'application', ...key),
    ...common,
    operation: answer.kind,
    tokens: completeTokens(answer.tokens),
    guarded: answer.guarded ? true : undefined,
    completion: textDigest(answer.completion),
    policies: [],
    attack: false,
  })

const commonOf = (record: unknown, body: unknown, answer: ModelAnswer) => {
  const published = asFields(record)
  const events = Array.isArray(body)
    ? body.map((event) => get(asFields(event), 'trace')).find(isFields)
    : undefined
  const part = events ?? asFields(body)
  const request = get(published, 'request')
  const requestId =
    awsId(get(published, 'requestId')) ??
    awsId(at(body, '$metadata', 'requestId')) ??
    awsId(at(body, 'ResponseMetadata', 'RequestId'))
  const principal = get(published, 'principal') ?? get(published, 'principalArn')
  const side = vocabularyWord(
    get(published, 'direction') ?? get(published, 'source') ?? at(request, 'source'),
  )
  return definedFields<Omit<Signal, 'schema' | 'type' | 'id' | 'policies' | 'attack'>>({
    origin: 'application',
    time:
      timeOf(get(published, 'time') ?? get(published, 'timestamp') ?? get(published, 'occurredAt'), 'time') ??
      answeredAt(body),
    account: accountId(get(published, 'account')),
    region: regionId(get(published, 'region')),
    requestId,
    principal: principalOfRecord(typeof principal === 'string' ? principal : at(principal, 'arn')),
    ...callerLabelsOf(published, ...labelSourcesIn(published), ...labelSourcesIn(request), part),
    agent: awsId(get(part, 'agentId')),
    model:
      awsId(get(published, 'modelId')) ?? awsId(get(published, 'model')) ?? awsId(at(request, 'modelId')),
    guardrail: answer.guardrail,
    direction: answer.direction ?? (side === 'INPUT' ? 'input' : side === 'OUTPUT' ? 'output' : undefined),
    prompt: request === undefined ? undefined : textDigest(promptIn(request)),
    evidence: { where: 'application', id: requestId ?? awsId(get(published, 'id')) ?? contentId(record) },
  })
}

/** When Bedrock answered, from the `date` header that the SDK for Python keeps. */
function answeredAt(body: unknown): string | undefined {
  const date = at(body, 'ResponseMetadata', 'HTTPHeaders', 'date')
  const time = typeof date === 'string' && date.endsWith('GMT') ? new Date(date) : undefined
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
