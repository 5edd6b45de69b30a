import { readdirSync, readFileSync } from 'node:fs'
import { attacksOn } from '../../../local/attacks/index.ts'
import type { Seeded } from '../../../local/seed/seeded.ts'
import { namesIn, root } from '../../shell/project.ts'

/** Events that can be sent: an attack on the local account, or an event recorded for a rule. */
export interface Trigger {
  name: string
  says: string
  events(): unknown[]
}

/** All triggers. Recorded events come from other accounts, and their targets often do not exist in the local one. */
export function triggersOn(seeded: Seeded): Trigger[] {
  const attacks = attacksOn(seeded).map(({ name, title }) => ({
    name,
    says: title,
    // Made anew each time, with the present time.
    events: () => attacksOn(seeded).find((one) => one.name === name)?.events ?? [],
  }))
  const recorded = readdirSync(`${root}test/events`).flatMap((rule) =>
    namesIn(`test/events/${rule}`, '.json')
      .filter((file) => file.startsWith('fires'))
      .map((file) => ({
        name: `${rule}/${file.replace(/\.json$/, '')}`,
        says: `recorded for the rule ${rule}`,
        events: () => [JSON.parse(readFileSync(`${root}test/events/${rule}/${file}`, 'utf8'))],
      })),
  )
  return [...attacks, ...recorded]
}
