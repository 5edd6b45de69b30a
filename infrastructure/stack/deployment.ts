import * as z from 'zod'
import { modes } from '../../engine/rule.ts'
import { isLoopback } from '../../lib/loopback.ts'
import type { Routing } from '../../responders/routing.ts'
import { routingOfStage } from './responders/routing-of-stage.ts'

const settings = z.object({
  /** Part of every name, so it is short: `portcullis-<stage>.<rule>` has at most 64 characters. */
  stage: z
    .string()
    .regex(/^(?!member)[a-z][a-z0-9]{0,11}$/, 'is not a valid stage: 1 to 12 lower-case letters and digits'),
  ceiling: z.enum(modes),
  budget: z.coerce.number().int().min(0),
  longest: z
    .string()
    .regex(/^(\d+[smhd])?$/, 'is not a valid duration: 30m, 4h, 7d')
    .default(''),
  /** The address that is subscribed to the alerts; empty for none. */
  email: z
    .string()
    .regex(/^([^\s@]+@[^\s@]+\.[^\s@]+)?$/, 'is not a valid e-mail address')
    .default(''),
  /** The bucket of the model invocation log, where it goes to S3; empty for none. */
  logBucket: z.string().default(''),
})

/** The settings of a deployment; serverless.yml has the reviewed values. */
export interface Deployment extends z.output<typeof settings> {
  /** `portcullis-<stage>`: the prefix of the name of every resource. */
  prefix: string
  /** Who is notified of what, and who decides. */
  responders: Routing
  /** The stack runs in the emulators: its stage is `local`, or AWS_ENDPOINT_URL is on this machine. Every use says what they lack. */
  local: boolean
}

/** Throws one error that names every setting that is missing or invalid. */
export function deploymentOf(input: unknown): Deployment {
  const result = settings.safeParse(input)
  if (!result.success) throw new Error(`serverless.yml: ${z.prettifyError(result.error)}`)
  const { data } = result
  return {
    ...data,
    prefix: `portcullis-${data.stage}`,
    responders: routingOfStage(data.stage),
    local: data.stage === 'local' || isLoopback(),
  }
}

/** The warning before a deployment that may ask or act while its alerts have no subscriber, if that is so. */
export function warningOf({ stage, ceiling, email, local }: Deployment): string | undefined {
  if (ceiling === 'observe' || email || local) return undefined
  return `Warning: the ceiling of ${stage} is ${ceiling}, and the stack subscribes no address to its alerts.
  Set an e-mail address (email, in the params of serverless.yml), or subscribe to its topic in another way.`
}
