import type { DevMoment, ShowMoment } from './moment.ts'

/** Shows moments one by one. During `holding` (a prompt on the terminal) they are kept back, then shown in order. */
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
