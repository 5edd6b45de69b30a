import type { Io } from '../../shell/io.ts'

/** Stages whose name says that others depend on them. */
export const isProduction = (stage: string): boolean => /^(prod|prd|live)/.test(stage)

/** Asks before a whole stage is changed: y or N; where it must not happen by habit, for the name of the stage. */
export async function confirmStage(
  question: string,
  io: Io,
  { byName }: { byName: boolean },
): Promise<boolean> {
  const { stage } = io.settings
  if (!byName) return io.confirm(`${question}?`, '--yes')
  return (await io.ask(`${question}: type the name of the stage (${stage})`, '--yes')) === stage
}
