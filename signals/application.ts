import { aboutOf, placesIn } from './about.ts'
import { type Answer, answerOf } from './answer.ts'
import { contentId, measure, signalId } from './digest.ts'
import { at, fields, get, isFields, present } from './fields.ts'
import { guardrailSignals } from './guardrail.ts'
import { accountId, awsId, regionId, word } from './identifier.ts'
import { principalOf } from './principal.ts'
import type { ModelInvocationObserved, Signal } from './signal.ts'
import { promptIn } from './texts.ts'
import { timeOf } from './time.ts'
import { totalled } from './tokens.ts'
import { unreadable } from './unreadable.ts'

/**
 * Signals of what an application publishes: an answer of Converse, InvokeModel, ApplyGuardrail or an agent, or its
 * stream's events, bare or as `{ response, id?, request?, user?, session?, principal?, modelId?, time? }`.
 * Throws `BadEvent` for what is no such answer.
 */
export function signalsOfTrace(record: unknown): Signal[] {
  const said = fields(record)
  const wrapped = get(said, 'response') ?? get(said, 'answer')
  const body = wrapped ?? record
  const answer = answerOf(body)
  if (answer.kind === 'unknown') throw unreadable('record', 'is of no source that is known', record)
  const about = commonOf(record, body, answer)
  const key = [about.evidence.id]
  const guardrail = guardrailSignals(answer, about, key)
  return answer.kind === 'ApplyGuardrail' ? guardrail : [...guardrail, observed(answer, about, key)]
}

const observed = (answer: Answer, about: ReturnType<typeof commonOf>, key: string[]) =>
  present<ModelInvocationObserved>({
    schema: '1',
    type: 'ModelInvocationObserved',
    id: signalId('invocation', 'application', ...key),
    ...about,
    operation: answer.kind,
    tokens: totalled(answer.tokens),
    guarded: answer.guarded ? true : undefined,
    completion: measure(answer.completion),
    policies: [],
    attack: false,
  })

const commonOf = (record: unknown, body: unknown, answer: Answer) => {
  const said = fields(record)
  const events = Array.isArray(body)
    ? body.map((event) => get(fields(event), 'trace')).find(isFields)
    : undefined
  const part = events ?? fields(body)
  const request = get(said, 'request')
  const requestId =
    awsId(get(said, 'requestId')) ??
    awsId(at(body, '$metadata', 'requestId')) ??
    awsId(at(body, 'ResponseMetadata', 'RequestId'))
  const principal = get(said, 'principal') ?? get(said, 'principalArn')
  const side = word(get(said, 'direction') ?? get(said, 'source') ?? at(request, 'source'))
  return present<Omit<Signal, 'schema' | 'type' | 'id' | 'policies' | 'attack'>>({
    origin: 'application',
    time:
      timeOf(get(said, 'time') ?? get(said, 'timestamp') ?? get(said, 'occurredAt'), 'time') ??
      servedAt(body),
    account: accountId(get(said, 'account')),
    region: regionId(get(said, 'region')),
    requestId,
    principal: principalOf(typeof principal === 'string' ? principal : at(principal, 'arn')),
    ...aboutOf(said, ...placesIn(said), ...placesIn(request), part),
    agent: awsId(get(part, 'agentId')),
    model: awsId(get(said, 'modelId')) ?? awsId(get(said, 'model')) ?? awsId(at(request, 'modelId')),
    guardrail: answer.guardrail,
    direction: answer.direction ?? (side === 'INPUT' ? 'input' : side === 'OUTPUT' ? 'output' : undefined),
    prompt: request === undefined ? undefined : measure(promptIn(request)),
    evidence: { where: 'application', id: requestId ?? awsId(get(said, 'id')) ?? contentId(record) },
  })
}

/** When Bedrock answered, as Python's SDK keeps it: the header's date. */
function servedAt(body: unknown): string | undefined {
  const date = at(body, 'ResponseMetadata', 'HTTPHeaders', 'date')
  const time = typeof date === 'string' && date.endsWith('GMT') ? new Date(date) : undefined
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
