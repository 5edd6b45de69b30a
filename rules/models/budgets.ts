/** T34. Tokens, in and out, that one of each may spend within a time: told softly, and then in earnest. */
export const budgets = [
  { scope: 'session', within: '1h', soft: 250_000, hard: 1_000_000 },
  { scope: 'user', within: '1d', soft: 1_000_000, hard: 3_000_000 },
  { scope: 'agent', within: '1h', soft: 2_000_000, hard: 10_000_000 },
  { scope: 'tenant', within: '1d', soft: 50_000_000, hard: 100_000_000 },
] as const
