import { findIncidents, listIncidents, readIncident } from '../../engine/journal/incidents.ts'
import type { Incident } from '../../engine/journal/record.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { similar } from '../../lib/text/similar.ts'
import { Problem } from '../shell/errors.ts'
import type { Io } from '../shell/io.ts'

/** The incident that an id identifies. */
export interface FoundIncident {
  incident: Incident
  /** Set when the id is that of a containment. */
  containment?: string
}

const mostNamed = 10

/**
 * Finds an incident by a prefix of its id, or of the id of one of its containments. Throws `ambiguous-id` with the
 * candidates, or `unknown-incident` with the most similar id.
 */
export async function findIncident(id: string, io: Io): Promise<FoundIncident> {
  const { table } = io.settings
  const wanted = id.trim().toLowerCase()
  const ids = /^(inc-)?[0-9a-f]{1,8}$/.test(wanted)
    ? await io.wait('looking it up', findIncidents(wanted, table))
    : []
  if (ids.length > 1) throw ambiguous(id, ids)
  const [only] = ids
  const incident = only && (await readIncident(only, table))
  return incident ? { incident } : byContainment(wanted, id, io)
}

async function byContainment(
  wanted: string,
  id: string,
  { settings: { stage, table } }: Io,
): Promise<FoundIncident> {
  const all = await listIncidents(table)
  const prefix = wanted.startsWith('c-') ? wanted : `c-${wanted}`
  const containments = all.flatMap((one) => one.containments).filter((one) => one.id.startsWith(prefix))
  if (containments.length > 1)
    throw ambiguous(
      id,
      containments.map((one) => one.id),
    )
  const [only] = containments
  const incident = only && (await readIncident(only.incident, table))
  if (incident) return { incident, containment: only.id }
  const known = all.map((one) => one.id)
  const meant = similar(wanted, known) ?? similar(`inc-${wanted}`, known)
  throw new Problem('unknown-incident', `there is no incident "${sanitize(id, 60)}"`, {
    where: `stage ${stage}, table ${table}`,
    fix: meant ? `Did you mean ${meant}?   portcullis incidents --all` : 'portcullis incidents --all',
  })
}

function ambiguous(id: string, ids: string[]): Problem {
  const named = ids.slice(0, mostNamed).join('\n')
  return new Problem('ambiguous-id', `several ids start with "${sanitize(id, 60)}"`, {
    where: ids.length > mostNamed ? `${named}\n…` : named,
    fix: `give more characters, for example ${ids[0]}`,
  })
}
