import { Problem } from './errors.ts'

/** Which Portcullis is meant. */
export interface CliSettings {
  stage: string
  /** What the names of everything of the stage begin with. */
  prefix: string
  /** The journal's table. */
  table: string
  /** The function that settles decisions. */
  settle: string
}

/** The names of a stage, as infrastructure/stack.ts gives them. Throws when it cannot be a stage's name. */
export function settingsOf(stage: string): CliSettings {
  if (!/^[a-z][a-z0-9-]{0,31}$/i.test(stage))
    throw new Problem('usage', `"${stage}" is no name of a stage`, {
      where: '--stage or PORTCULLIS_STAGE',
      why: 'it is made of letters, digits and hyphens, and begins with a letter',
      fix: '--stage dev',
    })
  const prefix = `portcullis-${stage}`
  return { stage, prefix, table: `${prefix}-journal`, settle: `${prefix}-decision-worker` }
}

/** The SDK's own settings: it looks for them in the environment, and only there does the whole program find them. */
export function adopt(
  { region, profile }: { region?: string; profile?: string },
  env: NodeJS.ProcessEnv,
): void {
  if (region) env.AWS_REGION = region
  if (profile) env.AWS_PROFILE = profile
}
