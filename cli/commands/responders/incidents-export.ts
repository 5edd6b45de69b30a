import { writeFile } from 'node:fs/promises'
import { findIncident } from '../../decide/find-incident.ts'
import { reportPage } from '../../print/report.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'
import { jsonText, schemaVersion } from '../../shell/json.ts'

interface Typed {
  id: string
  html?: boolean
  output?: string
}

/** `portcullis incidents export`: one file with everything recorded about an incident, for a reader without access. */
export async function run({ id, html, output }: Typed, io: Io): Promise<number> {
  if (html && io.json)
    throw new Problem('usage', '--html and --json exclude each other', { fix: 'give one of them' })
  const { incident } = await findIncident(id, io)
  const now = new Date()
  if (output === undefined) {
    if (io.json) io.document({ incident })
    else io.print(reportPage(incident, now))
    return exits.ok
  }
  const text = io.json ? `${jsonText({ schemaVersion, incident }, 2)}\n` : reportPage(incident, now)
  await writeFile(output, text).catch((cause: Error) => {
    throw new Problem('unwritable', 'the report could not be written', {
      where: output,
      why: cause.message,
      fix: 'choose another path: --output <file>',
      cause,
    })
  })
  io.note(`✓ ${incident.id} exported to ${output}`)
  return exits.ok
}
