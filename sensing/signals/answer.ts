import type { GuardrailPolicy } from '../../rules/events/signal.ts'
import { type Assessed, assessmentsIn, hasTrace } from './assessments.ts'
import { checksIn, isChecks } from './checks.ts'
import type { Classified } from './classify.ts'
import { at, type Fields, get } from './fields.ts'
import { word } from './identifier.ts'
import { agentTracesOf, answerPartsOf } from './parts.ts'
import { guardrailPoliciesOf } from './policies.ts'
import { completionIn } from './prompt-text.ts'
import { type Counted, countedIn, most } from './tokens.ts'

/** What any operation of Bedrock answered, whole or as a stream. */
export interface ModelAnswer extends Classified, Pick<Assessed, 'direction' | 'guardrail'> {
  /** Which kind of operation it answers; `unknown` if it is no answer at all. */
  kind: 'Converse' | 'InvokeModel' | 'InvokeAgent' | 'ApplyGuardrail' | 'unknown'
  /** Whether a guardrail was at work, whatever it found. */
  guarded: boolean
  tokens: Counted | undefined
  completion: string
}

/** Reads an answer of Converse, InvokeModel, an agent, ApplyGuardrail or InvokeGuardrailChecks. */
export function modelAnswerOf(body: unknown): ModelAnswer {
  const parts = answerPartsOf(body)
  const assessed = parts.flatMap(assessmentsIn)
  const policies = [...guardrailPoliciesOf(assessed.map((one) => one.assessment)), ...parts.flatMap(checksIn)]
  const verdicts = parts.flatMap(verdictsIn)
  const completion = parts.flatMap(completionIn).join('')
  const tokens = parts.map(countedIn).reduce(most, undefined)
  const kind = parts.map(kindOf).reduce(weightier, 'unknown')
  return {
    kind: kind === 'unknown' && (tokens || completion) ? 'InvokeModel' : kind,
    intervened: verdicts.some((one) => one === 'INTERVENED' || one === 'GUARDRAIL_INTERVENED'),
    reason: parts.flatMap(reasonsIn).join(' '),
    guarded: verdicts.length > 0 || assessed.length > 0 || parts.some(hasTrace),
    policies,
    tokens,
    completion,
    ...about(assessed),
  }
}

/** What guardrails say they did. A model's own `content_filtered` is no guardrail's. */
function verdictsIn(part: Fields): string[] {
  const stopped = word(get(part, 'stopReason')) === 'GUARDRAIL_INTERVENED' ? ['INTERVENED'] : []
  const said = [
    part['amazon-bedrock-guardrailAction'],
    get(part, 'guardrailAction'),
    at(part, 'guardrail', 'action'),
    isApplied(part) || isAgentTrace(part) ? get(part, 'action') : undefined,
    ...agentTracesOf(part).map((trace) => get(trace, 'action')),
  ]
  return [...stopped, ...said.map(word).filter((one) => one !== undefined)]
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
  const action = word(get(part, 'action'))
  return (
    action === 'GUARDRAIL_INTERVENED' || (action !== undefined && Array.isArray(get(part, 'assessments')))
  )
}

const isAgentTrace = (part: Fields) =>
  Array.isArray(get(part, 'inputAssessments')) || Array.isArray(get(part, 'outputAssessments'))

/** Which side and which guardrail: of what was blocked before what was masked before what was only seen. */
function about(assessed: Assessed[]): Pick<ModelAnswer, 'direction' | 'guardrail'> {
  const judged = assessed.map((one) => ({ ...one, weight: heaviest(guardrailPoliciesOf([one.assessment])) }))
  const chief = judged.reduce<(typeof judged)[number] | undefined>(
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
