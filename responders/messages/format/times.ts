const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `14:17 UTC`, with the day when it is not today. */
export const clockOf = (iso: string, now: Date): string => `${dayOf(iso, now)}${iso.slice(11, 16)} UTC`

/** `14:17:02 UTC`, with the day when it is not today. */
export const momentOf = (iso: string, now: Date): string => `${dayOf(iso, now)}${iso.slice(11, 19)} UTC`

/** The time between two ISO times: `64 s`, `15 min`, `24 h`, `7 days`. */
export function spanOf(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`
}

function dayOf(iso: string, now: Date): string {
  if (iso.slice(0, 10) === now.toISOString().slice(0, 10)) return ''
  return `${Number(iso.slice(8, 10))} ${months[Number(iso.slice(5, 7)) - 1]} `
}
