import type { GuardrailPolicy } from '../../rules/events/signal.ts'
import { asFields, asList, at, type Fields, get, numberAt } from './fields.ts'
import { vocabularyWord } from './identifier.ts'

/** InvokeGuardrailChecks returns scores from 0 to 1 and leaves the decision to its caller: from this score on, detected. */
const minScore = 0.5
/** Bounds the results of each check. */
const maxResults = 32

/** What InvokeGuardrailChecks detected; it never blocks. Source: API reference, GuardrailChecksResults. */
export const checksIn = (part: Fields): GuardrailPolicy[] => [
  ...scored(part, 'promptAttack', 'content'),
  ...scored(part, 'contentFilter', 'content'),
  ...scored(part, 'sensitiveInformation', 'sensitive-information'),
]

/** Whether it is an answer of InvokeGuardrailChecks, whatever its results. */
export const isChecks = (part: Fields): boolean =>
  ['promptAttack', 'contentFilter', 'sensitiveInformation'].some((check) =>
    Array.isArray(at(part, 'results', check, 'results')),
  )

const scored = (part: Fields, check: string, policy: GuardrailPolicy['policy']): GuardrailPolicy[] =>
  asList(at(part, 'results', check, 'results'))
    .slice(0, maxResults)
    .flatMap((result) => {
      const one = asFields(result)
      const type = vocabularyWord(get(one, 'category') ?? get(one, 'type'))
      const score = numberAt(one, 'severityScore') ?? numberAt(one, 'confidenceScore') ?? 0
      return type !== undefined && score >= minScore ? [{ policy, type, action: 'NONE' as const, score }] : []
    })
