import type { GuardDutyFinding } from '../events/guardduty.ts'

/** Findings about stolen or abused credentials (T03); those taken off an instance or a function have rules of their own. */
export const stolenCredentialFindings = [
  { prefix: 'CredentialAccess:IAMUser/' },
  { prefix: 'PenTest:IAMUser/' },
  { prefix: 'Persistence:IAM' },
  { prefix: 'PrivilegeEscalation:IAM' },
  { prefix: 'UnauthorizedAccess:IAMUser/ConsoleLogin' },
  { prefix: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller' },
  { prefix: 'UnauthorizedAccess:IAMUser/TorIPCaller' },
] as const

/** Findings about somebody else at work on compute: malware, command and control, mining, escapes (T50). */
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

/** The same, seen on an instance or from outside it. */
export const hostInstanceFindings = {
  type: hostComputeFindings,
  resource: { resourceType: ['Instance'] },
} as const

/** Credentials that no playbook can disable: neither a role's nor a long-term key, nor root; or nobody is named. */
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

/** What a finding is about where that is no instance: a function, a cluster, a container. */
export const workloadOf = ({ id, resource }: GuardDutyFinding['detail']): string =>
  resource.lambdaDetails?.functionArn ??
  resource.ecsClusterDetails?.arn ??
  resource.eksClusterDetails?.arn ??
  resource.containerDetails?.name ??
  `finding ${id}`
