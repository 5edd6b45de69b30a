import type { Rule } from '../engine/rule.ts'
import { bedrockModelAccessEnabled } from './bedrock-model-access-enabled.ts'

/** Every rule, in the order of their names. */
export const rules: readonly Rule[] = [bedrockModelAccessEnabled]
