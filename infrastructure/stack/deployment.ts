import * as z from 'zod'
import { modes } from '../../engine/rule.ts'
import type { Routing } from '../../responders/routing.ts'
import { respondersOf } from './responders/responders.ts'

const settings = z.object({
  /** Names everything, so it must fit: `portcullis-<stage>-<rule>` has 64 characters at most. */
  stage: z.string().regex(/^(?!member)[a-z][a-z0-9]{0,11}$/, 'is no stage: 1 to 12 small letters and digits'),
  ceiling: z.enum(modes),
  budget: z.coerce.number().int().min(0),
  longest: z
    .string()
    .regex(/^(\d+[smhd])?$/, 'is no duration: 30m, 4h, 7d')
    .default(''),
  /** Who is told by e-mail; empty is nobody. */
  email: z
    .string()
    .regex(/^([^\s@]+@[^\s@]+\.[^\s@]+)?$/, 'is no e-mail address')
    .default(''),
  /** The bucket of the model invocation log, where it goes to S3; empty is none. */
  logBucket: z.string().default(''),
})

/** What a deployment is told; serverless.yml has the reviewed values. */
export interface Deployment extends z.output<typeof settings> {
  /** `portcullis-<stage>`: the prefix of everything the stack owns. */
  prefix: string
  /** Who is told what, and who decides. */
  responders: Routing
  /** The stack runs in the emulators. Every use says what they lack. */
  local: boolean
}

/** Throws one error naming every setting that is missing or wrong. */
export function deploymentOf(input: unknown): Deployment {
  const result = settings.safeParse(input)
  if (!result.success) throw new Error(`serverless.yml: ${z.prettifyError(result.error)}`)
  const { data } = result
  return {
    ...data,
    prefix: `portcullis-${data.stage}`,
    responders: respondersOf(data.stage),
    local: data.stage === 'local',
  }
}

/** What the deployer should hear before this goes out, if anything: that it may ask or act with nobody listening. */
export function warningOf({ stage, ceiling, email, local }: Deployment): string | undefined {
  if (ceiling === 'observe' || email || local) return undefined
  return `Warning: the ceiling of ${stage} is ${ceiling}, and this stack subscribes nobody to what it says.
  Give it an e-mail address (email, in the params of serverless.yml), or make sure that somebody reads its topic.`
}
