import type { GuardrailPolicy } from '../../rules/events/signal.ts'
import { asFields, asList, at, definedFields, type Fields, get, numberAt } from './fields.ts'
import { vocabularyWord } from './identifier.ts'

type Reader = (entry: Fields) => Pick<GuardrailPolicy, 'type'> & Partial<GuardrailPolicy>

/** Where an assessment has its entries, and how each is read. Source: Bedrock API reference, GuardrailAssessment. */
const places: { policy: GuardrailPolicy['policy']; path: [string, string]; read: Reader }[] = [
  { policy: 'topic', path: ['topicPolicy', 'topics'], read: (one) => ({ type: typeOf(one, 'DENY') }) },
  {
    policy: 'content',
    path: ['contentPolicy', 'filters'],
    read: (one) => definedFields({ type: typeOf(one, 'UNKNOWN'), confidence: confidenceOf(one) }),
  },
  { policy: 'word', path: ['wordPolicy', 'customWords'], read: () => ({ type: 'CUSTOM' }) },
  {
    policy: 'word',
    path: ['wordPolicy', 'managedWordLists'],
    read: (one) => ({ type: typeOf(one, 'MANAGED') }),
  },
  {
    policy: 'sensitive-information',
    path: ['sensitiveInformationPolicy', 'piiEntities'],
    read: (one) => ({ type: typeOf(one, 'PII') }),
  },
  {
    policy: 'sensitive-information',
    path: ['sensitiveInformationPolicy', 'regexes'],
    read: () => ({ type: 'REGEX' }),
  },
  {
    policy: 'grounding',
    path: ['contextualGroundingPolicy', 'filters'],
    read: (one) =>
      definedFields({
        type: typeOf(one, 'GROUNDING'),
        score: numberAt(one, 'score'),
        threshold: numberAt(one, 'threshold'),
      }),
  },
]

const actions: Record<string, GuardrailPolicy['action']> = {
  BLOCKED: 'BLOCKED',
  ANONYMIZED: 'ANONYMIZED',
  MASKED: 'ANONYMIZED',
}

/** Bounds the policies of one request: an attack can make the list as long as it likes. */
const maxPolicies = 64

/** The policies that detected something in a guardrail's assessments, each once. */
export function guardrailPoliciesOf(assessments: unknown[]): GuardrailPolicy[] {
  const found = new Map<string, GuardrailPolicy>()
  for (const assessment of assessments)
    for (const policy of inAssessment(assessment)) {
      const key = `${policy.policy} ${policy.type} ${policy.confidence} ${policy.action} ${policy.score}`
      if (found.size < maxPolicies) found.set(key, policy)
    }
  return [...found.values()]
}

function* inAssessment(assessment: unknown): Generator<GuardrailPolicy> {
  for (const { policy, path, read } of places)
    for (const entry of asList(at(assessment, ...path))) {
      const one = asFields(entry)
      const result = { policy, action: actionOf(one), ...read(one) }
      if (isDetected(one, result)) yield result
    }
  for (const finding of asList(at(assessment, 'automatedReasoningPolicy', 'findings'))) {
    const type = verdictOf(asFields(finding))
    if (type) yield { policy: 'automated-reasoning', type, action: 'NONE' }
  }
}

/** Older answers lack `detected`: then action, confidence or score decide. */
function isDetected(entry: Fields, { action, score, threshold, policy }: GuardrailPolicy): boolean {
  const detected = get(entry, 'detected')
  if (typeof detected === 'boolean') return detected
  if (action !== 'NONE') return true
  if (policy === 'grounding') return score !== undefined && threshold !== undefined && score < threshold
  return policy === 'content' && confidenceOf(entry) !== undefined
}

/** Results of automated reasoning that do not confirm an answer. `valid` does; `noTranslations` had nothing to check. */
const unconfirmed = {
  invalid: 'INVALID',
  impossible: 'IMPOSSIBLE',
  satisfiable: 'SATISFIABLE',
  translationAmbiguous: 'TRANSLATION_AMBIGUOUS',
  tooComplex: 'TOO_COMPLEX',
}

const verdictOf = (finding: Fields): string | undefined =>
  Object.entries(unconfirmed).find(([key]) => get(finding, key) !== undefined)?.[1]

const typeOf = (entry: Fields, otherwise: string) => vocabularyWord(get(entry, 'type')) ?? otherwise

const actionOf = (entry: Fields): GuardrailPolicy['action'] =>
  actions[vocabularyWord(get(entry, 'action')) ?? ''] ?? 'NONE'

function confidenceOf(entry: Fields): GuardrailPolicy['confidence'] {
  const confidence = vocabularyWord(get(entry, 'confidence'))
  return confidence === 'LOW' || confidence === 'MEDIUM' || confidence === 'HIGH' ? confidence : undefined
}
