import type { Paint } from '../../../lib/text/paint.ts'
import type { StagePlace } from '../stage/stage-place.ts'
import type { DeployDifference } from './deploy-difference.ts'
import type { Done } from './follow-stack.ts'

const mostNamed = 3

/** How far a deploy is: its changes, and those that CloudFormation is done with. */
export interface Progress {
  /** The line of a change that is made; of what is touched without a change, nothing. */
  lineOf(done: Done, paint: Paint): string[]
  /** What whoever presses Ctrl-C must know: what is made, what is not, how to go on. */
  stopped(place: StagePlace): string
}

export function deployProgress(differences: DeployDifference[]): Progress {
  const wanted = differences.map(({ id }) => id)
  const made = new Set<string>()
  return {
    lineOf({ id, type, status, why }, paint) {
      const good = !status.endsWith('FAILED')
      if (good && !wanted.includes(id)) return []
      if (good) made.add(id)
      const all = String(wanted.length)
      const count = `${made.size}/${all}`.padStart(2 * all.length + 1)
      const does = status.split('_')[0]?.toLowerCase() ?? ''
      const what = `${count} ${does} ${id} (${type.replace('AWS::', '')})`
      return [good ? `${paint('good', '✓')} ${what}` : `${paint('bad', '✗')} ${what}: ${why}`]
    },
    stopped({ stage, prefix }) {
      const left = wanted.filter((id) => !made.has(id))
      const watch = `aws cloudformation describe-stack-events --stack-name ${prefix}`
      const back = `aws cloudformation cancel-update-stack --stack-name ${prefix}`
      return `Stage ${stage}: ${made.size} of ${wanted.length} changes are made, as far as is known, and ${left.length} are not. CloudFormation goes on by itself.
  made last         ${named([...made].reverse())}
  not made          ${named(left)}
  to watch it       ${watch}
  to take it back   ${back}
  how to go on      wait until it has ended, then portcullis deploy --stage ${stage}`
    },
  }
}

const named = (ids: string[]): string =>
  ids.length === 0
    ? 'nothing'
    : ids.slice(0, mostNamed).join(', ') +
      (ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : '')
