import type { GuardDutyFinding } from '../events/guardduty.ts'

/** Findings about stolen or abused credentials (THREAT-03). Credentials of instances and functions have rules of their own. */
export const stolenCredentialFindings = [
  { prefix: 'CredentialAccess:IAMUser/' },
  { prefix: 'PenTest:IAMUser/' },
  { prefix: 'Persistence:IAM' },
  { prefix: 'PrivilegeEscalation:IAM' },
  { prefix: 'UnauthorizedAccess:IAMUser/ConsoleLogin' },
  { prefix: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller' },
  { prefix: 'UnauthorizedAccess:IAMUser/TorIPCaller' },
] as const

/** Findings about compromised compute: malware, command and control, mining, escapes (THREAT-50). */
export const hostComputeFindings = [
  { prefix: 'Backdoor:' },
  { prefix: 'CryptoCurrency:' },
  { prefix: 'DefenseEvasion:' },
  { prefix: 'Execution:' },
  { prefix: 'Impact:EC2/' },
  { prefix: 'Impact:Runtime/' },
  { prefix: 'PrivilegeEscalation:Runtime/' },
  { prefix: 'Trojan:' },
  { prefix: 'UnauthorizedAccess:EC2/' },
  { prefix: 'UnauthorizedAccess:Lambda/' },
  { prefix: 'UnauthorizedAccess:Runtime/' },
] as const

/** The same, about an EC2 instance. */
export const hostInstanceFindings = {
  type: hostComputeFindings,
  resource: { resourceType: ['Instance'] },
} as const

/** Credentials that no playbook can disable, root apart: neither of a role nor a user's long-term key, or not named. */
export const credentialsWithoutPlaybook = [
  {
    resource: {
      accessKeyDetails: {
        userType: [{ exists: false }, { 'anything-but': ['IAMUser', 'AssumedRole', 'Root'] }],
      },
    },
  },
  {
    resource: {
      accessKeyDetails: {
        userType: ['IAMUser'],
        accessKeyId: [{ exists: false }, { 'anything-but': { prefix: 'AKIA' } }],
      },
    },
  },
] as const

/** The resource of a finding about other compute: a function, a cluster, a container. */
export const workloadOf = ({ id, resource }: GuardDutyFinding['detail']): string =>
  resource.lambdaDetails?.functionArn ??
  resource.ecsClusterDetails?.arn ??
  resource.eksClusterDetails?.arn ??
  resource.containerDetails?.name ??
  `finding ${id}`
