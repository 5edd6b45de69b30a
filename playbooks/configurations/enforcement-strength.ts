import type {
  AccountEnforcedGuardrailInferenceInputConfiguration as Asked,
  AccountEnforcedGuardrailOutputConfiguration as Found,
  SelectiveGuardingMode,
} from '@aws-sdk/client-bedrock'
import { canonical } from '../../lib/canonical.ts'
import { type Kinds, type PartSettings, type Parts, ranked, signed } from './strength.ts'

const guarding = ranked(['SELECTIVE', 'COMPREHENSIVE'], 'SELECTIVE')
const every = 'every model'

/** Another guardrail or version than was signed may hold nothing back; all models are more than any list of them. */
export const enforcementKinds: Kinds = {
  enforced: { settings: { system: guarding, messages: guarding, models: signed(every) } },
}

export const enforcementParts = ['enforced']

/** The one part of an account's enforcement in a Region, or none. */
export function partsOfEnforcement(it: Found | undefined): Parts {
  if (!it) return {}
  const { guardrailArn = '', guardrailVersion = '', selectiveContentGuarding, modelEnforcement } = it
  const { includedModels = [], excludedModels = [] } = modelEnforcement ?? {}
  const { system, messages } = selectiveContentGuarding ?? {}
  const models = canonical({
    includedModels: [...includedModels].sort(),
    excludedModels: [...excludedModels].sort(),
  })
  const enforced: PartSettings = {
    guardrail: guardrailArn,
    version: guardrailVersion,
    models: modelEnforcement ? models : every,
    ...(system && { system }),
    ...(messages && { messages }),
  }
  return { enforced }
}

/** What these parts make Bedrock enforce; nothing, where there is no part. */
export function enforcementOf({ enforced }: Parts): Asked | undefined {
  if (!enforced) return undefined
  const { guardrail, version, system, messages, models } = enforced as Record<string, string>
  const selective = { system, messages } as Record<'system' | 'messages', SelectiveGuardingMode | undefined>
  return {
    guardrailIdentifier: guardrail,
    guardrailVersion: version,
    ...((system || messages) && { selectiveContentGuarding: selective }),
    ...(models && models !== every && { modelEnforcement: JSON.parse(models) }),
  }
}
