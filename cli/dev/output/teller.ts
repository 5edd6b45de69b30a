import type { DevMoment, ShowMoment } from './moment.ts'

/** Shows moments one by one; while somebody is choosing they wait, or they would tear the list apart. */
export function openTeller(show: (moment: DevMoment) => unknown): {
  tell: ShowMoment
  holding<T>(work: () => Promise<T>): Promise<T>
} {
  let held: DevMoment[] | undefined
  return {
    tell: (moment) => void (held ? held.push(moment) : show(moment)),
    async holding(work) {
      held = []
      try {
        return await work()
      } finally {
        const waiting = held
        held = undefined
        for (const moment of waiting) show(moment)
      }
    },
  }
}
