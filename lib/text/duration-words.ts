const units = { s: 'second', m: 'minute', h: 'hour', d: 'day' }

/** A duration such as `10m` as a person reads it: `10 minutes`. */
export function durationWords(duration: `${number}${keyof typeof units}`): string {
  const amount = Number(duration.slice(0, -1))
  const unit = units[duration.slice(-1) as keyof typeof units]
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
