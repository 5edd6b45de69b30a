/** What only the stack sends as, on its own bus; applications send as sdk/tracer.ts has it. */
export const stackSource = 'portcullis'
