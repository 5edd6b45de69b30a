import type { GuardrailPolicy } from '../../rules/events/signal.ts'
import { at, type Fields, fieldsOf, get, listOf, numberAt } from './fields.ts'
import { word } from './identifier.ts'

/** InvokeGuardrailChecks gives scores from 0 to 1 and leaves the judgement to its caller: from here on it is one. */
const telling = 0.5
/** Of each check. */
const most = 32

/** What InvokeGuardrailChecks found; it never blocks. Source: API reference, GuardrailChecksResults. */
export const checksIn = (part: Fields): GuardrailPolicy[] => [
  ...scored(part, 'promptAttack', 'content'),
  ...scored(part, 'contentFilter', 'content'),
  ...scored(part, 'sensitiveInformation', 'sensitive-information'),
]

/** Whether it is such an answer, found or not. */
export const isChecks = (part: Fields): boolean =>
  ['promptAttack', 'contentFilter', 'sensitiveInformation'].some((check) =>
    Array.isArray(at(part, 'results', check, 'results')),
  )

const scored = (part: Fields, check: string, policy: GuardrailPolicy['policy']): GuardrailPolicy[] =>
  listOf(at(part, 'results', check, 'results'))
    .slice(0, most)
    .flatMap((result) => {
      const one = fieldsOf(result)
      const type = word(get(one, 'category') ?? get(one, 'type'))
      const score = numberAt(one, 'severityScore') ?? numberAt(one, 'confidenceScore') ?? 0
      return type !== undefined && score >= telling ? [{ policy, type, action: 'NONE' as const, score }] : []
    })
