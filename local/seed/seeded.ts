/** Everything in the seeded account that an attack may name, at the path by which attacks name it. */
export interface Seeded {
  account: string
  region: string
  network: { vpc: string; subnet: string; groups: [string, string] }
  fleet: Record<'trainer' | 'notebook', Instance> & { group: string; targets: string }
  roles: Record<RoleName, { name: RoleName; id: string; arn: string }>
  users: Record<UserName, { name: UserName; id: string; arn: string; key: string }>
  api: { id: string; name: string; stage: string }
  guardrail: { id: string; arn: string }
}

export interface Instance {
  id: string
  interfaces: string[]
}

export const roleNames = ['rag-indexer', 'ml-engineer', 'chat-app'] as const
export type RoleName = (typeof roleNames)[number]

export const userNames = ['ci-deployer', 'data-labeller', 'eval-batch'] as const
export type UserName = (typeof userNames)[number]
