/** Who is meant by a name that nobody has: the nearest of these, at most two letters away, or in another case. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const most = Math.min(2, Math.floor(name.length / 3))
  let [best, least] = [undefined as string | undefined, most + 1]
  for (const one of names) {
    if (one === name) continue
    if (one.toLowerCase() === name.toLowerCase()) return one
    const away = distance(name, one, least)
    if (away < least) [best, least] = [one, away]
  }
  return best
}

/** Letters to insert, remove or replace (Levenshtein); `enough` or more is not counted out. */
function distance(from: string, to: string, enough: number): number {
  if (Math.abs(from.length - to.length) >= enough) return enough
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let line = 1; line <= from.length; line++) {
    const next = [line]
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] as number) + Number(from[line - 1] !== to[column - 1])
      next.push(Math.min(replaced, (row[column] as number) + 1, (next[column - 1] as number) + 1))
    }
    if (Math.min(...next) >= enough) return enough
    row = next
  }
  return row.at(-1) as number
}
