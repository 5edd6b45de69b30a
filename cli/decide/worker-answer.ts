import * as z from 'zod'

// JSON leaves out undefined values: this adds the keys again.
const change = z
  .object({ path: z.string(), before: z.json().optional(), after: z.json().optional() })
  .transform(({ path, before, after }) => ({ path, before, after }))
const plan = z.object({
  hash: z.string(),
  changes: z.array(change),
  caveats: z.array(z.string()).default([]),
  undo: z.boolean().default(true),
})

const answer = z.object({
  decision: z
    .looseObject({
      outcome: z.enum(['done', 'refused', 'late', 'superseded', 'failed', 'waiting']),
      says: z.string(),
    })
    .optional(),
  outcome: z
    .looseObject({
      status: z.string(),
      why: z.string().optional(),
      plan: plan.optional(),
      strays: z.array(change).optional(),
    })
    .optional(),
  plan: plan.optional(),
})

/** The answer of the decision worker. */
export type WorkerAnswer = z.output<typeof answer>

/** Parses an answer. Throws a ZodError for another shape: function and command line have different versions then. */
export const parseWorkerAnswer = (input: unknown): WorkerAnswer => answer.parse(input)
