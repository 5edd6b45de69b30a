import { Problem } from './errors.ts'

/** The names of a stage's resources that the command line uses. */
export interface CliSettings {
  stage: string
  /** Prefix of the names of all resources of the stage. */
  prefix: string
  /** The DynamoDB table of the journal. */
  table: string
  /** The Lambda function that authorizes decisions and has them applied. */
  decisionWorker: string
}

/** The names of a stage, as infrastructure/stack.ts gives them. Throws `usage` for an invalid stage name. */
export function settingsOf(stage: string): CliSettings {
  if (!/^[a-z][a-z0-9-]{0,31}$/i.test(stage))
    throw new Problem('usage', `"${stage}" is not a valid stage name`, {
      where: '--stage or PORTCULLIS_STAGE',
      why: 'a stage name has letters, digits and hyphens, starts with a letter, and has at most 32 characters',
      fix: '--stage dev',
    })
  const prefix = `portcullis-${stage}`
  return { stage, prefix, table: `${prefix}-journal`, decisionWorker: `${prefix}-decision-worker` }
}

/** Sets Region and profile in the environment, where every SDK client of the program reads them. */
export function adopt(
  { region, profile }: { region?: string; profile?: string },
  env: NodeJS.ProcessEnv,
): void {
  if (region) env.AWS_REGION = region
  if (profile) env.AWS_PROFILE = profile
}
