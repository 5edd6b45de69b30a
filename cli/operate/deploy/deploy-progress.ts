import type { Paint } from '../../../lib/text/paint.ts'
import type { StagePlace } from '../stage/stage-place.ts'
import type { DeployDifference } from './deploy-difference.ts'
import type { CompletedResource } from './follow-stack.ts'

const maxNamed = 3

/** The progress of a deployment: its changes, and those that CloudFormation has completed. */
export interface Progress {
  /** The line for a completed resource; none for one that is not among the changes. */
  lineOf(done: CompletedResource, paint: Paint): string[]
  /** The text for Ctrl-C: what is done, what is not, and how to continue. */
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
      return `Stage ${stage}: at least ${made.size} of ${wanted.length} changes are done, ${left.length} are not. CloudFormation continues.
  done last       ${named([...made].reverse())}
  not done        ${named(left)}
  to watch        ${watch}
  to roll back    ${back}
  to continue     wait until it has ended, then portcullis deploy --stage ${stage}`
    },
  }
}

const named = (ids: string[]): string =>
  ids.length === 0
    ? 'nothing'
    : ids.slice(0, maxNamed).join(', ') + (ids.length > maxNamed ? ` and ${ids.length - maxNamed} more` : '')
