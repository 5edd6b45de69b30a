import type { Signal } from '../../rules/events/signal.ts'
import { at, definedFields, type Fields, get, isFields, listOf } from './fields.ts'
import { awsId } from './identifier.ts'
import { agentTracesOf } from './parts.ts'

/** One guardrail's judgement of one side. */
export interface Assessed {
  assessment: Fields
  direction?: NonNullable<Signal['direction']>
  guardrail?: NonNullable<Signal['guardrail']>
}

/** Every assessment in one part of an answer, whichever way the operation nests them. */
export function assessmentsIn(part: Fields): Assessed[] {
  const traces = [
    at(part, 'trace', 'guardrail'),
    at(part, 'amazon-bedrock-trace', 'guardrail'),
    get(part, 'guardrail'),
  ]
  return [
    ...found(get(part, 'assessments')),
    ...[part, ...traces, ...agentTracesOf(part)].filter(isFields).flatMap((trace) => [
      // Converse and agents name them so,
      ...found(get(trace, 'inputAssessment') ?? get(trace, 'inputAssessments'), 'input'),
      ...found(get(trace, 'outputAssessments') ?? get(trace, 'outputAssessment'), 'output'),
      // InvokeModel so: of a part itself these are other things.
      ...(trace === part
        ? []
        : [...found(get(trace, 'input'), 'input'), ...found(get(trace, 'outputs'), 'output')]),
    ]),
  ]
}

/** Assessments themselves, lists of them, and maps of either by the guardrail's id. */
function found(value: unknown, direction?: Assessed['direction'], id?: string, depth = 0): Assessed[] {
  if (depth > 3) return []
  if (Array.isArray(value)) return value.flatMap((one) => found(one, direction, id, depth + 1))
  if (!isFields(value)) return []
  if (isAssessment(value))
    return [definedFields<Assessed>({ assessment: value, direction, guardrail: namedIn(value, id) })]
  return Object.entries(value).flatMap(([key, inner]) => found(inner, direction, key, depth + 1))
}

const signs = [
  'topicPolicy',
  'contentPolicy',
  'wordPolicy',
  'sensitiveInformationPolicy',
  'contextualGroundingPolicy',
  'automatedReasoningPolicy',
  'invocationMetrics',
  'appliedGuardrailDetails',
]

const isAssessment = (value: Fields) => signs.some((sign) => get(value, sign) !== undefined)

function namedIn(assessment: Fields, key: string | undefined): Assessed['guardrail'] {
  const applied = get(assessment, 'appliedGuardrailDetails')
  const id =
    guardrailId(at(applied, 'guardrailId')) ?? guardrailId(at(applied, 'guardrailArn')) ?? guardrailId(key)
  return id === undefined ? undefined : definedFields({ id, version: awsId(at(applied, 'guardrailVersion')) })
}

/** The id within a guardrail's ARN, or the id itself. */
export const guardrailId = (value: unknown): string | undefined =>
  awsId(value)?.replace(/^arn:.*:guardrail\//, '')

/** Whether a part holds a guardrail's trace at all, with assessments or without. */
export const hasTrace = (part: Fields): boolean =>
  isFields(at(part, 'trace', 'guardrail')) ||
  isFields(get(part, 'amazon-bedrock-trace')) ||
  agentTracesOf(part).length > 0 ||
  listOf(get(part, 'inputAssessments')).length > 0 ||
  isFields(get(part, 'inputAssessment')) ||
  get(part, 'outputAssessments') !== undefined
