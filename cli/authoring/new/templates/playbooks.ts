import { type Identifier, identifiers } from '../../../../engine/identifiers.ts'
import type { State } from '../../../../engine/state.ts'

/** What is known of a new playbook besides its text: playbooks/<file>.ts.txt and playbooks/<file>.scene.ts.txt. */
export interface PlaybookTemplate {
  file: string
  title: string
  /** The sentences of the messages. `<it>` stands for the name of the target. */
  words: { todo: string; done: string; back: string; still: string }
  /** The state in which its scene begins. */
  before: State
  /** Values for the text. */
  values: Record<string, string>
}

const keepInstance: PlaybookTemplate = {
  file: 'instanceId',
  title: 'Protect an EC2 instance from termination',
  words: {
    todo: 'protect <it> from termination',
    done: '<it> is protected from termination',
    back: '<it> can be terminated again',
    still: '<it> may still be terminated',
  },
  before: { termination: 'allowed' },
  values: {},
}

const shortenSessions: PlaybookTemplate = {
  file: 'roleName',
  title: 'Shorten the sessions of a role',
  words: {
    todo: 'shorten the sessions of <it>',
    done: 'sessions of <it> last at most one hour',
    back: 'sessions of <it> last as long as before',
    still: 'sessions of <it> may still last longer than one hour',
  },
  before: { longest: 43_200 },
  values: {},
}

/** It marks its target and changes nothing: for identifiers whose containment cannot be guessed. */
const mark = (target: readonly Identifier[]): PlaybookTemplate => ({
  file: 'marker',
  title: `Mark a target for review (${target.join(', ') || 'the account'})`,
  words: {
    todo: 'mark <it> for review',
    done: '<it> is marked for review',
    back: '<it> is no longer marked for review',
    still: '<it> may not be marked for review',
  },
  before: { marked: false },
  values: {
    target: JSON.stringify(target),
    examples: JSON.stringify(Object.fromEntries(target.map((one) => [one, identifiers[one].example]))),
  },
})

/** The template for targets that have these identifiers. */
export function templateFor(target: readonly Identifier[]): PlaybookTemplate {
  if (target.join() === 'instanceId') return keepInstance
  if (target.join() === 'roleName') return shortenSessions
  return mark(target)
}
