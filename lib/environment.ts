import type * as z from 'zod'

/** What the stack told this function. Throws one error naming every variable that is missing or wrong. */
export function environmentOf<T extends z.ZodType>(
  shape: T,
  env: NodeJS.ProcessEnv = process.env,
): z.output<T> {
  const result = shape.safeParse(env)
  if (result.success) return result.data
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new Error(`The function's environment is not what infrastructure/stack.ts gives it. ${wrong}`)
}
