import { parseJson } from '../../lib/parse-json.ts'
import type { ModelInvocationObserved, Signal } from '../../rules/events/signal.ts'
import { type ModelAnswer, modelAnswerOf } from './answer.ts'
import { callerLabelsOf, labelSourcesIn } from './caller-labels.ts'
import { contentId, signalId, textDigest } from './digest.ts'
import { asFields, at, definedFields, type Fields, get, numberAt, textAt } from './fields.ts'
import { guardrailSignals } from './guardrail.ts'
import { accountId, awsId, regionId } from './identifier.ts'
import { principalOfRecord } from './principal.ts'
import { promptIn } from './prompt-text.ts'
import { timeOf } from './time.ts'
import { completeTokens, higherTokens } from './tokens.ts'
import type { RecordOrigin } from './unpack.ts'

/** Source: Bedrock User Guide, "Monitor model invocation using CloudWatch Logs and Amazon S3". */
export const isInvocation = (record: Fields): boolean =>
  get(record, 'schemaType') === 'ModelInvocationLog' ||
  (typeof get(record, 'operation') === 'string' && typeof get(record, 'modelId') === 'string')

const operations = /^(InvokeModel|Converse)/

/** The signals in a record of Bedrock's model invocation log; none for operations that do not run a model. */
export function signalsOfInvocation(record: Fields, source: RecordOrigin = {}): Signal[] {
  const operation = awsId(get(record, 'operation')) ?? 'unknown'
  if (!operations.test(operation)) return []
  const [request, output] = [asFields(get(record, 'input')), asFields(get(record, 'output'))]
  const body = bodyOf(output, 'output')
  const answer = modelAnswerOf(body)
  const key = [awsId(get(record, 'requestId')) ?? contentId(record), textAt(record, 'timestamp')]
  const common = commonOf(record, answer, source)
  const { completion } = answer
  const observed = definedFields<ModelInvocationObserved>({
    schema: '1',
    type: 'ModelInvocationObserved',
    id: signalId('invocation', 'invocation-log', ...key),
    ...common,
    operation,
    errorCode: awsId(get(record, 'errorCode')),
    tokens: completeTokens(higherTokens(answer.tokens, loggedTokens(request, output))),
    guarded: isGuarded(record, answer, request, body),
    unread: body === undefined ? awsId(get(output, 'outputBodyS3Path')) : undefined,
    prompt: textDigest(promptIn(bodyOf(request, 'input'))),
    completion: textDigest(completion),
    policies: [],
    attack: false,
  })
  const { prompt } = observed
  return [...guardrailSignals(answer, { ...common, ...(prompt && { prompt }) }, key), observed]
}

const commonOf = (record: Fields, answer: ModelAnswer, source: RecordOrigin) => {
  const body = bodyOf(asFields(get(record, 'input')), 'input')
  return definedFields<Omit<Signal, 'schema' | 'type' | 'id' | 'policies' | 'attack'>>({
    origin: 'invocation-log',
    time: timeOf(get(record, 'timestamp') ?? source.time, 'timestamp'),
    account: accountId(get(record, 'accountId')),
    region: regionId(get(record, 'region')),
    requestId: awsId(get(record, 'requestId')),
    principal: principalOfRecord(at(record, 'identity', 'arn')),
    ...callerLabelsOf(...labelSourcesIn(record), ...labelSourcesIn(body)),
    model: awsId(get(record, 'modelId')),
    guardrail: answer.guardrail,
    direction: answer.direction,
    evidence: {
      where: awsId(at(record, 'output', 'outputBodyS3Path')) ?? awsId(source.where) ?? 'invocation-log',
      id: awsId(get(record, 'requestId')) ?? contentId(record),
    },
  })
}

/** Exports spell the key in three ways, and some keep the body as JSON text. */
function bodyOf(of: Fields, side: 'input' | 'output'): unknown {
  const body = get(of, `${side}BodyJson`) ?? get(of, `${side}BodyJSON`) ?? get(of, `${side}Body`)
  return typeof body === 'string' ? parseJson(body) : body
}

/** A guardrail is visible in the answer of InvokeModel, even without a trace, and in the request of Converse. */
function isGuarded(record: Fields, answer: ModelAnswer, request: Fields, body: unknown): boolean | undefined {
  if (answer.guarded || at(bodyOf(request, 'input'), 'guardrailConfig') !== undefined) return true
  return body === undefined || get(record, 'errorCode') !== undefined ? undefined : false
}

const loggedTokens = (request: Fields, output: Fields) => {
  const [input, out] = [numberAt(request, 'inputTokenCount'), numberAt(output, 'outputTokenCount')]
  return input === undefined && out === undefined ? undefined : definedFields({ input, output: out })
}
