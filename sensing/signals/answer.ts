import type { GuardrailPolicy } from '../../rules/events/signal.ts'
import { assessmentsIn, hasTrace, type SideAssessment } from './assessments.ts'
import { checksIn, isChecks } from './checks.ts'
import type { GuardrailResult } from './classify.ts'
import { at, type Fields, get } from './fields.ts'
import { vocabularyWord } from './identifier.ts'
import { agentTracesOf, answerPartsOf } from './parts.ts'
import { guardrailPoliciesOf } from './policies.ts'
import { completionIn } from './prompt-text.ts'
import { higherTokens, type PartialTokens, tokensIn } from './tokens.ts'

/** The answer of any Bedrock operation, complete or as a stream. */
export interface ModelAnswer extends GuardrailResult, Pick<SideAssessment, 'direction' | 'guardrail'> {
  /** The kind of operation that it answers; `unknown` if it is not an answer. */
  kind: 'Converse' | 'InvokeModel' | 'InvokeAgent' | 'ApplyGuardrail' | 'unknown'
  /** Whether a guardrail was applied, whatever its result. */
  guarded: boolean
  tokens: PartialTokens | undefined
  completion: string
}

/** Reads an answer of Converse, InvokeModel, an agent, ApplyGuardrail or InvokeGuardrailChecks. */
export function modelAnswerOf(body: unknown): ModelAnswer {
  const parts = answerPartsOf(body)
  const assessed = parts.flatMap(assessmentsIn)
  const policies = [...guardrailPoliciesOf(assessed.map((one) => one.assessment)), ...parts.flatMap(checksIn)]
  const verdicts = parts.flatMap(verdictsIn)
  const completion = parts.flatMap(completionIn).join('')
  const tokens = parts.map(tokensIn).reduce(higherTokens, undefined)
  const kind = parts.map(kindOf).reduce(weightier, 'unknown')
  return {
    kind: kind === 'unknown' && (tokens || completion) ? 'InvokeModel' : kind,
    intervened: verdicts.some((one) => one === 'INTERVENED' || one === 'GUARDRAIL_INTERVENED'),
    reason: parts.flatMap(reasonsIn).join(' '),
    guarded: verdicts.length > 0 || assessed.length > 0 || parts.some(hasTrace),
    policies,
    tokens,
    completion,
    ...chiefAssessment(assessed),
  }
}

/** What guardrails report that they did. A model's own `content_filtered` does not come from a guardrail. */
function verdictsIn(part: Fields): string[] {
  const stopped = vocabularyWord(get(part, 'stopReason')) === 'GUARDRAIL_INTERVENED' ? ['INTERVENED'] : []
  const actions = [
    part['amazon-bedrock-guardrailAction'],
    get(part, 'guardrailAction'),
    at(part, 'guardrail', 'action'),
    isApplied(part) || isAgentTrace(part) ? get(part, 'action') : undefined,
    ...agentTracesOf(part).map((trace) => get(trace, 'action')),
  ]
  return [...stopped, ...actions.map(vocabularyWord).filter((one) => one !== undefined)]
}

const reasonsIn = (part: Fields): string[] =>
  [
    get(part, 'actionReason'),
    at(part, 'trace', 'guardrail', 'actionReason'),
    at(part, 'amazon-bedrock-trace', 'guardrail', 'actionReason'),
  ].filter((one) => typeof one === 'string')

const weight: ModelAnswer['kind'][] = ['unknown', 'InvokeModel', 'Converse', 'ApplyGuardrail', 'InvokeAgent']
const weightier = (one: ModelAnswer['kind'], other: ModelAnswer['kind']) =>
  weight.indexOf(one) > weight.indexOf(other) ? one : other

function kindOf(part: Fields): ModelAnswer['kind'] {
  if (agentTracesOf(part).length > 0 || isAgentTrace(part)) return 'InvokeAgent'
  if (isApplied(part) || isChecks(part)) return 'ApplyGuardrail'
  if (get(part, 'stopReason') !== undefined || at(part, 'output', 'message') !== undefined) return 'Converse'
  if (hasTrace(part) && part['amazon-bedrock-trace'] === undefined) return 'Converse'
  const isInvoked =
    part['amazon-bedrock-guardrailAction'] !== undefined || part['amazon-bedrock-trace'] !== undefined
  return isInvoked || get(part, 'guardrailAction') !== undefined ? 'InvokeModel' : 'unknown'
}

const isApplied = (part: Fields) => {
  const action = vocabularyWord(get(part, 'action'))
  return (
    action === 'GUARDRAIL_INTERVENED' || (action !== undefined && Array.isArray(get(part, 'assessments')))
  )
}

const isAgentTrace = (part: Fields) =>
  Array.isArray(get(part, 'inputAssessments')) || Array.isArray(get(part, 'outputAssessments'))

/** Side and guardrail of the gravest assessment: blocked before masked before detected. */
function chiefAssessment(assessed: SideAssessment[]): Pick<ModelAnswer, 'direction' | 'guardrail'> {
  const weighed = assessed.map((one) => ({ ...one, weight: heaviest(guardrailPoliciesOf([one.assessment])) }))
  const chief = weighed.reduce<(typeof weighed)[number] | undefined>(
    (best, one) => (best && best.weight >= one.weight ? best : one),
    undefined,
  )
  return {
    ...(chief?.direction && chief.weight > 0 && { direction: chief.direction }),
    ...(chief?.guardrail && { guardrail: chief.guardrail }),
  }
}

const weights = { NONE: 1, ANONYMIZED: 2, BLOCKED: 3 }
const heaviest = (policies: GuardrailPolicy[]) =>
  Math.max(0, ...policies.map(({ action }) => weights[action]))
