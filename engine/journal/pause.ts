import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { table } from '../../lib/dynamodb/table.ts'
import type { By } from '../command.ts'
import type { Settings } from '../settings.ts'

/** Containment is paused until then: rules only observe, and approvals are not carried out. */
export interface Pause {
  until: string
  by: By
}

/** The pauses by the name of a playbook, or of all playbooks under `all`. */
export type Pauses = { [playbook: string]: Pause | undefined; all?: Pause }

export const pauseKey = { pk: 'pause', sk: 'current' }

/** The pause of a playbook that is in effect now, if any. */
export async function pauseOf(playbook: string, settings: Settings): Promise<Pause | undefined> {
  const get = new GetCommand({ TableName: settings.table, Key: pauseKey, ConsistentRead: true })
  const paused = ((await table().send(get)).Item?.paused ?? {}) as Pauses
  const now = new Date().toISOString()
  return [paused.all, paused[playbook]].find((pause) => pause !== undefined && pause.until > now)
}

/** A pause, as messages state it. */
export const pausedText = ({ until, by }: Pause): string =>
  `Paused by ${by.who} until ${until}${by.reason ? `: ${by.reason}` : '.'}`
