import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { table } from '../../lib/dynamodb/table.ts'
import type { By } from '../command.ts'
import type { Settings } from '../settings.ts'

/** People hold the machine back until then: rules only observe, and nobody's consent is carried out. */
export interface Pause {
  until: string
  by: By
}

/** What is held back, by the playbook's name, or everything under `all`. */
export type Pauses = { [playbook: string]: Pause | undefined; all?: Pause }

export const pauseKey = { pk: 'pause', sk: 'current' }

/** Whether a playbook is held back now, by whom and until when. */
export async function pauseOf(playbook: string, settings: Settings): Promise<Pause | undefined> {
  const get = new GetCommand({ TableName: settings.table, Key: pauseKey, ConsistentRead: true })
  const paused = ((await table().send(get)).Item?.paused ?? {}) as Pauses
  const now = new Date().toISOString()
  return [paused.all, paused[playbook]].find((one) => one !== undefined && one.until > now)
}

export const pausedText = ({ until, by }: Pause): string =>
  `Paused by ${by.who} until ${until}${by.reason ? `: ${by.reason}` : '.'}`
