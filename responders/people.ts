import type { Person, Routing } from './routing.ts'

export const personByName = ({ people }: Routing, name: string): Person | undefined =>
  people.find((one) => one.name === name)

export const personBySlack = ({ people }: Routing, id: string): Person | undefined =>
  people.find(({ slack }) => slack === id)

/** The person behind an ARN that AWS STS returned; an entry that ends in `/*` stands for every session of its role. */
export const personByArn = ({ people }: Routing, arn: string): Person | undefined =>
  people.find(({ iam }) =>
    iam.some((entry) => (entry.endsWith('/*') ? isSessionOf(arn, entry.slice(0, -1)) : arn === entry)),
  )

// A session name has no slash, so `role/*` does not match the roles below a path.
const isSessionOf = (arn: string, role: string) =>
  arn.startsWith(role) && /^[^/]+$/.test(arn.slice(role.length))

/** Whether a person belongs to an approver group. */
export const mayDecide = ({ approvers, groups }: Routing, { name }: Person): boolean =>
  approvers.some((group) => groups[group]?.members.includes(name))

/** For a person who may not decide: "Only @sec-oncall (lee, maria) can decide." */
export const onlyApprovers = (routing: Routing): string => approversSentence('Only', routing)

/** For everyone: "Any member of @sec-oncall (lee, maria) can decide." */
export const anyApprover = (routing: Routing): string => approversSentence('Any member of', routing)

function approversSentence(quantifier: string, { approvers, groups }: Routing): string {
  if (approvers.length === 0) return 'No one can decide: this stage has no approver group.'
  const named = approvers.map((group) => `@${group} (${groups[group]?.members.join(', ') ?? ''})`)
  return `${quantifier} ${named.join(' or ')} can decide.`
}
