import * as z from 'zod'
import { modes } from '../engine/rule.ts'

const settings = z.object({
  /** Names everything, so it must fit: `portcullis-<stage>-<rule>` has 64 characters at most. */
  stage: z.string().regex(/^(?!member)[a-z][a-z0-9]{0,11}$/, 'is no stage: 1 to 12 small letters and digits'),
  ceiling: z.enum(modes),
  budget: z.coerce.number().int().min(0),
  longest: z
    .string()
    .regex(/^(\d+[smhd])?$/, 'is no duration: 30m, 4h, 7d')
    .default(''),
})

/** What a deployment is told; serverless.yml has the reviewed values. */
export interface Deployment extends z.output<typeof settings> {
  /** `portcullis-<stage>`: the prefix of everything the stack owns. */
  prefix: string
  /** The stack runs in the emulators. Every use says what they lack. */
  local: boolean
}

/** Throws one error naming every setting that is missing or wrong. */
export function deploymentOf(input: unknown): Deployment {
  const result = settings.safeParse(input)
  if (!result.success) throw new Error(`serverless.yml: ${z.prettifyError(result.error)}`)
  const { data } = result
  return { ...data, prefix: `portcullis-${data.stage}`, local: data.stage === 'local' }
}
