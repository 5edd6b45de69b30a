import type { Threshold } from '../../rules/threshold.ts'

/** What a threshold counts and from where on it signals: `3 services in 1 h`, or its steps within the time. */
export function limitsOf({ limits, unit, within, measure }: Threshold): string {
  if ('steps' in measure) {
    const steps = measure.steps.map((ways) => Object.entries(ways).map(wayOf).join(' or '))
    return `${steps.join(measure.order === 'last comes last' ? ', then ' : ', ')}; all in ${spaced(within)}`
  }
  return limits.map((limit) => `${amountOf(limit, unit)} in ${spaced(within)}`).join(', ')
}

const wayOf = ([way, { needs }]: [string, { needs: number }]): string =>
  needs > 1 ? `${way} ${needs} times` : way

const GiB = 2 ** 30

function amountOf(limit: number, unit = ''): string {
  if (unit === 'bytes' && limit % GiB === 0) return `${limit / GiB} GiB`
  return `${limit.toLocaleString('en')} ${limit === 1 ? unit.replace(/s$/, '') : unit}`
}

/** `10m` as `10 min`. */
const spaced = (within: Threshold['within']): string =>
  within.replace(/^(\d+)(.)$/, (_, amount, unit) => `${amount} ${unit === 'm' ? 'min' : unit}`)
