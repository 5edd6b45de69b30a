/** The event source that only the stack may use, on its own bus. Applications use that of sdk/tracer.ts. */
export const stackSource = 'portcullis'
