import type { State } from '../../../engine/state.ts'

/** What of a new playbook is not in its text: playbooks/<target>.ts.txt and .scene.ts.txt. */
export interface PlaybookTemplate {
  title: string
  /** What responders/messages/copy.ts says of it; `<it>` is the name of the target. */
  words: { todo: string; done: string; back: string; still: string }
  /** What its scene is found in. */
  before: State
}

/** By what the target is named. */
export const playbookTemplates: Record<string, PlaybookTemplate> = {
  instanceId: {
    title: 'Keep an EC2 instance from being terminated',
    words: {
      todo: 'keep <it> from being terminated',
      done: '<it> cannot be terminated',
      back: '<it> can be terminated again',
      still: '<it> may still be terminated',
    },
    before: { termination: 'allowed' },
  },
  roleName: {
    title: 'Shorten the sessions of a role',
    words: {
      todo: 'shorten the sessions of <it>',
      done: 'sessions of <it> last an hour at most',
      back: 'sessions of <it> last as long as before',
      still: 'sessions of <it> may still last long',
    },
    before: { longest: 43_200 },
  },
}
