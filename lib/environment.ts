import type * as z from 'zod'

/** The environment of a function, parsed. Throws one error with every variable that is missing or invalid. */
export function environmentOf<T extends z.ZodType>(
  shape: T,
  env: NodeJS.ProcessEnv = process.env,
): z.output<T> {
  const result = shape.safeParse(env)
  if (result.success) return result.data
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new Error(
    `The environment of this function does not match infrastructure/stack.ts. Deploy again. ${wrong}`,
  )
}
