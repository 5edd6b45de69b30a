import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Event } from '../../engine/rule.ts'

const folder = fileURLToPath(new URL('../events/', import.meta.url))

/** An event of test/events/, by its folder (a rule) and file: `guardduty-model-abuse/not-archived`. */
export interface Sample {
  name: string
  rule: string
  event: Event
}

export const samples: Sample[] = readdirSync(folder)
  .sort()
  .flatMap((rule) =>
    readdirSync(`${folder}${rule}`)
      .sort()
      .map((file) => ({
        name: `${rule}/${file.replace('.json', '')}`,
        rule,
        event: JSON.parse(readFileSync(`${folder}${rule}/${file}`, 'utf8')),
      })),
  )
