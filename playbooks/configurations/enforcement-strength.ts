import type {
  AccountEnforcedGuardrailInferenceInputConfiguration as Asked,
  AccountEnforcedGuardrailOutputConfiguration as Found,
  SelectiveGuardingMode,
} from '@aws-sdk/client-bedrock'
import { canonical } from '../../lib/canonical.ts'
import { type Kinds, type PartSettings, type Parts, ranked, signed } from './strength.ts'

const guarding = ranked(['SELECTIVE', 'COMPREHENSIVE'], 'SELECTIVE')
const allModels = 'every model'

/** A guardrail or version that was not signed may block nothing; all models is stronger than any list of models. */
export const enforcementKinds: Kinds = {
  enforced: { settings: { system: guarding, messages: guarding, models: signed(allModels) } },
}

export const enforcementParts = ['enforced']

/** The account's enforcement in a Region as one part; no part if nothing is enforced. */
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
    models: modelEnforcement ? models : allModels,
    ...(system && { system }),
    ...(messages && { messages }),
  }
  return { enforced }
}

/** The enforcement configuration of these parts; `undefined` without a part. */
export function enforcementOf({ enforced }: Parts): Asked | undefined {
  if (!enforced) return undefined
  const { guardrail, version, system, messages, models } = enforced as Record<string, string>
  const selective = { system, messages } as Record<'system' | 'messages', SelectiveGuardingMode | undefined>
  return {
    guardrailIdentifier: guardrail,
    guardrailVersion: version,
    ...((system || messages) && { selectiveContentGuarding: selective }),
    ...(models && models !== allModels && { modelEnforcement: JSON.parse(models) }),
  }
}
