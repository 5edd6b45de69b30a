import type { ModelInvocationObserved, Signal } from '../../rules/events/signal.ts'
import { type ModelAnswer, modelAnswerOf } from './answer.ts'
import { callerLabelsOf, placesIn } from './caller-labels.ts'
import { contentId, signalId, textDigest } from './digest.ts'
import { at, definedFields, fieldsOf, get, isFields } from './fields.ts'
import { guardrailSignals } from './guardrail.ts'
import { accountId, awsId, regionId, word } from './identifier.ts'
import { principalOfRecord } from './principal.ts'
import { promptIn } from './prompt-text.ts'
import { timeOf } from './time.ts'
import { totalled } from './tokens.ts'
import { unreadable } from './unreadable.ts'

/**
 * Signals of what an application publishes: an answer of Converse, InvokeModel, ApplyGuardrail or an agent, or its
 * stream's events, bare or as `{ response, id?, request?, user?, session?, principal?, modelId?, time? }`.
 * Throws `BadEvent` for what is no such answer.
 */
export function signalsOfTrace(record: unknown): Signal[] {
  const said = fieldsOf(record)
  const wrapped = get(said, 'response') ?? get(said, 'answer')
  const body = wrapped ?? record
  const answer = modelAnswerOf(body)
  if (answer.kind === 'unknown') throw unreadable('record', 'is of no source that is known', record)
  const about = commonOf(record, body, answer)
  const key = [about.evidence.id]
  const guardrail = guardrailSignals(answer, about, key)
  return answer.kind === 'ApplyGuardrail' ? guardrail : [...guardrail, observed(answer, about, key)]
}

const observed = (answer: ModelAnswer, about: ReturnType<typeof commonOf>, key: string[]) =>
  definedFields<ModelInvocationObserved>({
    schema: '1',
    type: 'ModelInvocationObserved',
    id: signalId('invocation', 'application', ...key),
    ...about,
    operation: answer.kind,
    tokens: totalled(answer.tokens),
    guarded: answer.guarded ? true : undefined,
    completion: textDigest(answer.completion),
    policies: [],
    attack: false,
  })

const commonOf = (record: unknown, body: unknown, answer: ModelAnswer) => {
  const said = fieldsOf(record)
  const events = Array.isArray(body)
    ? body.map((event) => get(fieldsOf(event), 'trace')).find(isFields)
    : undefined
  const part = events ?? fieldsOf(body)
  const request = get(said, 'request')
  const requestId =
    awsId(get(said, 'requestId')) ??
    awsId(at(body, '$metadata', 'requestId')) ??
    awsId(at(body, 'ResponseMetadata', 'RequestId'))
  const principal = get(said, 'principal') ?? get(said, 'principalArn')
  const side = word(get(said, 'direction') ?? get(said, 'source') ?? at(request, 'source'))
  return definedFields<Omit<Signal, 'schema' | 'type' | 'id' | 'policies' | 'attack'>>({
    origin: 'application',
    time:
      timeOf(get(said, 'time') ?? get(said, 'timestamp') ?? get(said, 'occurredAt'), 'time') ??
      servedAt(body),
    account: accountId(get(said, 'account')),
    region: regionId(get(said, 'region')),
    requestId,
    principal: principalOfRecord(typeof principal === 'string' ? principal : at(principal, 'arn')),
    ...callerLabelsOf(said, ...placesIn(said), ...placesIn(request), part),
    agent: awsId(get(part, 'agentId')),
    model: awsId(get(said, 'modelId')) ?? awsId(get(said, 'model')) ?? awsId(at(request, 'modelId')),
    guardrail: answer.guardrail,
    direction: answer.direction ?? (side === 'INPUT' ? 'input' : side === 'OUTPUT' ? 'output' : undefined),
    prompt: request === undefined ? undefined : textDigest(promptIn(request)),
    evidence: { where: 'application', id: requestId ?? awsId(get(said, 'id')) ?? contentId(record) },
  })
}

/** When Bedrock answered, as Python's SDK keeps it: the header's date. */
function servedAt(body: unknown): string | undefined {
  const date = at(body, 'ResponseMetadata', 'HTTPHeaders', 'date')
  const time = typeof date === 'string' && date.endsWith('GMT') ? new Date(date) : undefined
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
