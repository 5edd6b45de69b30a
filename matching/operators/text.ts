import { type PatternRefusal, refusePattern } from '../read/refusal.ts'
import { ignoringCase } from './ignore-case.ts'
import { matchesWildcard, parseWildcard } from './wildcard.ts'

/** The test of a text operator. */
export type TextTest = (value: string) => boolean

/** The operators that compare texts, by EventBridge's names: each makes a test of its operand. */
export const textOperators = {
  prefix:
    (text: string): TextTest =>
    (value) =>
      value.startsWith(text),
  suffix:
    (text: string): TextTest =>
    (value) =>
      value.endsWith(text),
  'equals-ignore-case': (text: string): TextTest => inAnyCase(text, 'whole'),
  wildcard(text: string): TextTest | PatternRefusal {
    const parts = parseWildcard(text)
    return 'wrong' in parts ? refusePattern('E2008', parts.wrong) : (value) => matchesWildcard(value, parts)
  },
}

export type TextOperator = keyof typeof textOperators

export const isTextOperator = (name: string | undefined): name is TextOperator =>
  name !== undefined && Object.hasOwn(textOperators, name)

/** A test for a text in any case, as a whole or as a prefix or suffix. */
export function inAnyCase(text: string, part: 'whole' | 'prefix' | 'suffix'): TextTest {
  const pattern = ignoringCase(text, part)
  return (value) => pattern.test(value)
}
