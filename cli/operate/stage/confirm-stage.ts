import type { Io } from '../../shell/io.ts'

/** Whether the name of a stage says that it is a production stage. */
export const isProduction = (stage: string): boolean => /^(prod|prd|live)/.test(stage)

/** Asks before a stage is changed: y or N, or with `byName` for the name of the stage, to prevent a yes by habit. */
export async function confirmStage(
  question: string,
  io: Io,
  { byName }: { byName: boolean },
): Promise<boolean> {
  const { stage } = io.settings
  if (!byName) return io.confirm(`${question}?`, '--yes')
  return (await io.ask(`${question}: type the name of the stage (${stage})`, '--yes')) === stage
}
