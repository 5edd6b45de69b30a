import type { Signal } from '../../rules/events/signal.ts'
import { asList, at, definedFields, type Fields, get, isFields } from './fields.ts'
import { awsId } from './identifier.ts'
import { agentTracesOf } from './parts.ts'

/** The assessment of one side, prompt or answer, by one guardrail. */
export interface SideAssessment {
  assessment: Fields
  direction?: NonNullable<Signal['direction']>
  guardrail?: NonNullable<Signal['guardrail']>
}

/** Every assessment in one part of an answer, however the operation nests them. */
export function assessmentsIn(part: Fields): SideAssessment[] {
  const traces = [
    at(part, 'trace', 'guardrail'),
    at(part, 'amazon-bedrock-trace', 'guardrail'),
    get(part, 'guardrail'),
  ]
  return [
    ...assessmentsUnder(get(part, 'assessments')),
    ...[part, ...traces, ...agentTracesOf(part)].filter(isFields).flatMap((trace) => [
      // The names that Converse and agents use,
      ...assessmentsUnder(get(trace, 'inputAssessment') ?? get(trace, 'inputAssessments'), 'input'),
      ...assessmentsUnder(get(trace, 'outputAssessments') ?? get(trace, 'outputAssessment'), 'output'),
      // and those of InvokeModel: on the part itself these fields mean something else.
      ...(trace === part
        ? []
        : [
            ...assessmentsUnder(get(trace, 'input'), 'input'),
            ...assessmentsUnder(get(trace, 'outputs'), 'output'),
          ]),
    ]),
  ]
}

/** Assessments, lists of them, and maps of either by guardrail id. */
function assessmentsUnder(
  value: unknown,
  direction?: SideAssessment['direction'],
  id?: string,
  depth = 0,
): SideAssessment[] {
  if (depth > 3) return []
  if (Array.isArray(value)) return value.flatMap((one) => assessmentsUnder(one, direction, id, depth + 1))
  if (!isFields(value)) return []
  if (isAssessment(value))
    return [
      definedFields<SideAssessment>({ assessment: value, direction, guardrail: guardrailOf(value, id) }),
    ]
  return Object.entries(value).flatMap(([key, inner]) => assessmentsUnder(inner, direction, key, depth + 1))
}

const assessmentFields = [
  'topicPolicy',
  'contentPolicy',
  'wordPolicy',
  'sensitiveInformationPolicy',
  'contextualGroundingPolicy',
  'automatedReasoningPolicy',
  'invocationMetrics',
  'appliedGuardrailDetails',
]

const isAssessment = (value: Fields) => assessmentFields.some((name) => get(value, name) !== undefined)

function guardrailOf(assessment: Fields, key: string | undefined): SideAssessment['guardrail'] {
  const applied = get(assessment, 'appliedGuardrailDetails')
  const id =
    guardrailId(at(applied, 'guardrailId')) ?? guardrailId(at(applied, 'guardrailArn')) ?? guardrailId(key)
  return id === undefined ? undefined : definedFields({ id, version: awsId(at(applied, 'guardrailVersion')) })
}

/** A guardrail's id, from its ARN or as it is. */
export const guardrailId = (value: unknown): string | undefined =>
  awsId(value)?.replace(/^arn:.*:guardrail\//, '')

/** Whether a part holds a guardrail trace, with or without assessments. */
export const hasTrace = (part: Fields): boolean =>
  isFields(at(part, 'trace', 'guardrail')) ||
  isFields(get(part, 'amazon-bedrock-trace')) ||
  agentTracesOf(part).length > 0 ||
  asList(get(part, 'inputAssessments')).length > 0 ||
  isFields(get(part, 'inputAssessment')) ||
  get(part, 'outputAssessments') !== undefined
