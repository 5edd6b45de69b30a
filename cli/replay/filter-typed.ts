import { sanitize } from '../../lib/text/sanitize.ts'
import { similar } from '../../lib/text/similar.ts'
import { rules } from '../../rules/index.ts'
import { Problem } from '../shell/errors.ts'
import type { ReplayFilter } from './narrow.ts'

/** Checks --rule and --playbook. Throws `usage` with the most similar name. */
export function wantedOf(typed: { rule?: string | undefined; playbook?: string | undefined }): ReplayFilter {
  const { rule, playbook } = typed
  const known = {
    rule: rules.map(({ name }) => name),
    playbook: [...new Set(rules.flatMap(({ then }) => Object.keys(then)))],
  }
  return {
    ...(rule !== undefined && { rule: check('rule', rule) }),
    ...(playbook !== undefined && { playbook: check('playbook', playbook) }),
  }

  function check(kind: keyof typeof known, name: string): string {
    if (known[kind].includes(name)) return name
    const meant = similar(name, known[kind])
    const shown = `"${sanitize(name, 60)}"`
    throw new Problem(
      'usage',
      kind === 'rule' ? `there is no rule ${shown}` : `no rule calls a playbook ${shown}`,
      {
        where: `--${kind}`,
        fix: meant ? `Did you mean ${meant}?` : `one of ${known[kind].join(', ')}`,
      },
    )
  }
}
