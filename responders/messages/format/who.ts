import type { By } from '../../../engine/command.ts'
import { defang } from '../../../lib/text/defang.ts'

const ways: Record<string, string> = {
  slack: 'Slack',
  mail: 'mail',
  iam: 'command line',
  cli: 'command line',
}

/** Who did something, to follow a verb: `by maria (Slack)`, `automatically`, `automatically on expiry`. */
export function whoWords({ who, how }: By): string {
  if (who === 'clock') return 'automatically on expiry'
  if (how === 'rule') return 'automatically'
  return `by ${defang(who, 80)} (${ways[how] ?? defang(how, 40)})`
}

/** The reason a person gave, to end a sentence: `: "nightly re-index, expected"`. */
export const reasonWords = (reason: string | undefined): string =>
  reason ? `: "${defang(reason, 200)}"` : ''
