const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]

/** The time left until a moment: `38 min left`, `3 h left`, `2 days left`; with `exact`, below an hour, `11:42 left`. */
export function leftUntil(iso: string, now: Date, exact = false): string {
  const left = Date.parse(iso) - now.getTime()
  if (Number.isNaN(left)) return ''
  if (left <= 0) return 'overdue'
  if (exact && left < hour)
    return `${Math.floor(left / minute)}:${String(Math.floor((left % minute) / second)).padStart(2, '0')} left`
  return `${printedSpan(left)} left`
}

/** The time since a moment: `5 min ago`. */
export function since(iso: string, now: Date): string {
  const ago = now.getTime() - Date.parse(iso)
  return Number.isNaN(ago) ? '' : `${printedSpan(Math.max(0, ago))} ago`
}

/** Milliseconds in one suitable unit: `300 ms`, `12 s`, `38 min`, `3 h`, `2 days`. */
export function printedSpan(milliseconds: number): string {
  if (milliseconds < second) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 2 * minute) return `${Math.round(milliseconds / second)} s`
  if (milliseconds < 2 * hour) return `${Math.round(milliseconds / minute)} min`
  return milliseconds < 2 * day
    ? `${Math.round(milliseconds / hour)} h`
    : `${Math.round(milliseconds / day)} days`
}
