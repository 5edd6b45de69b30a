import { ignoringCase } from './ignore-case.ts'
import { type PatternRefusal, refusePattern } from './refusal.ts'
import { fits, wildcardOf } from './wildcard.ts'

/** Whether a text has what an operator asks for. */
export type TextTest = (value: string) => boolean

/** The operators that compare texts, by EventBridge's names: what each makes of its operand. */
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
    const parts = wildcardOf(text)
    return 'wrong' in parts ? refusePattern('E2008', parts.wrong) : (value) => fits(value, parts)
  },
}

export type TextOperator = keyof typeof textOperators

export const isTextOperator = (name: string | undefined): name is TextOperator =>
  name !== undefined && Object.hasOwn(textOperators, name)

/** A test for a text in any case, whole or as the beginning or end of a longer one. */
export function inAnyCase(text: string, part: 'whole' | 'prefix' | 'suffix'): TextTest {
  const pattern = ignoringCase(text, part)
  return (value) => pattern.test(value)
}
