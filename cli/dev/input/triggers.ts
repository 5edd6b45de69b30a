import { readdirSync, readFileSync } from 'node:fs'
import { attacksOn } from '../../../local/attacks/index.ts'
import type { Seeded } from '../../../local/seed/seeded.ts'
import { namesIn, root } from '../../shell/project.ts'

/** Something that may be sent: an attack on the account that is here, or what was recorded for a rule. */
export interface Trigger {
  name: string
  says: string
  events(): unknown[]
}

/** Everything there is to choose from; recorded events are of other accounts, and what they name is often not here. */
export function triggersOn(seeded: Seeded): Trigger[] {
  const attacks = attacksOn(seeded).map(({ name, title }) => ({
    name,
    says: title,
    // Each time anew: an attack is of now.
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
