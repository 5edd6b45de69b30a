import * as z from 'zod'
import { exceptionsFile } from '../../engine/exceptions.ts'
import { routingFile } from '../../responders/routing.ts'

const textOf = (schema: z.ZodType, title: string, description: string): string => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return JSON.stringify({ $schema, title, description, ...rest }, null, 2)
}

/** For editors: `"$schema": "./docs/schemas/exceptions.schema.json"` in exceptions.json. */
export const exceptionsSchema = (): string =>
  textOf(exceptionsFile, 'Exceptions', 'What is never contained, who says so, why, and until which day.')

/** For editors: `"$schema": "../docs/schemas/stage.schema.json"` in stages/<stage>.json. */
export const stageSchema = (): string =>
  textOf(
    routingFile,
    'Stage',
    'Who is told what, and who decides. Names must be those of this file; that, only portcullis validate checks.',
  )
