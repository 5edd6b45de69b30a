import { writeFile } from 'node:fs/promises'
import { find } from '../../decide/find-incident.ts'
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

/** `portcullis incidents export`: one file that says everything, for whoever was not there. */
export async function run({ id, html, output }: Typed, io: Io): Promise<number> {
  if (html && io.json)
    throw new Problem('usage', 'a page or JSON?', { fix: 'give --html or --json, not both' })
  const { incident } = await find(id, io)
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
      fix: 'another path: --output <file>',
      cause,
    })
  })
  io.note(`✓ ${incident.id} is in ${output}`)
  return exits.ok
}
