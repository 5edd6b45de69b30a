/** The stack's functions that serve the playbooks' ones; each is a file of functions/. */
export const serviceNames = ['announce', 'decision-intake', 'decision-worker', 'sense'] as const

/** The role of one of the stack's functions. */
export const functionRoleName = (prefix: string, name: string): string => `${prefix}-${name}-function`

/** The role that EventBridge Scheduler assumes to start a playbook's releases. */
export const schedulerRoleName = (prefix: string, playbook: string): string =>
  `${prefix}-${playbook}-scheduler`

/** Every role of a stack, from the names of its playbooks. */
export const stackRoleNames = (prefix: string, playbooks: readonly string[]): string[] => [
  ...[...playbooks, ...serviceNames].map((name) => functionRoleName(prefix, name)),
  ...playbooks.map((name) => schedulerRoleName(prefix, name)),
]
