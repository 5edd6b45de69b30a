/** What only the stack sends as, on its own bus; applications send as signals/trace.ts has it. */
export const source = 'portcullis'
