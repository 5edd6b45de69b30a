import type { State } from '../../../engine/state.ts'

/** What of a new playbook is not in its text: playbooks/<target>.ts.txt and .scene.ts.txt. */
export interface PlaybookTemplate {
  /** The state that its scene is found in. */
  before: State
}

/** By the identifier that names the target. */
export const playbookTemplates: Record<string, PlaybookTemplate> = {
  instanceId: { before: { termination: 'allowed' } },
  roleName: { before: { longest: 43_200 } },
}
