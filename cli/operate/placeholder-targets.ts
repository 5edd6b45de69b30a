import type { Identifier } from '../../engine/target.ts'

/** Names that nobody has: a playbook looks for the target with its own role, and finds nothing to touch. */
export const placeholderTargets: Record<Identifier, (account: string) => string> = {
  accessKeyId: () => 'AKIAPORTCULLISSMOKE0',
  apiName: () => 'portcullis-smoke-test',
  guardrailId: () => 'portcullissmoke0',
  instanceId: () => 'i-00000000000000000',
  ipAddress: () => '8.8.8.8',
  ipSetArn: (account) =>
    `arn:aws:wafv2:us-east-1:${account}:regional/ipset/portcullis-smoke-test/00000000-0000-4000-8000-000000000000`,
  principal: () => 'role/portcullis.smoke.test',
  principalId: () => 'AROAPORTCULLISSMOKE0:smoke-test',
  roleName: () => 'portcullis.smoke.test',
  serviceSpecificCredentialId: () => 'ACCAPORTCULLISSMOKE0',
  stageName: () => 'portcullis-smoke-test',
  subject: () => 'portcullis smoke test',
  userId: () => 'portcullis-smoke-test',
  userName: () => 'portcullis.smoke.test',
  userPoolId: () => 'us-east-1_smokeTest0',
  username: () => 'portcullis-smoke-test',
}

/** What the functions that serve are asked: to begin, with nothing to do. */
export const idle: Record<string, object> = {
  announce: { Records: [] },
  'decision-worker': { Records: [] },
  'decision-intake': {
    version: '2.0',
    rawPath: '/',
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: { domainName: 'smoke.test', http: { method: 'GET' } },
  },
}
