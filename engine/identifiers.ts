import * as z from 'zod'

/** What is known of one identifier. */
export interface IdentifierEntry {
  /** The format that AWS documents for it. */
  shape: RegExp
  /** A valid value, for drafts and documentation. */
  example: string
  /**
   * A valid value that exists in no account: a playbook that plans for it finds nothing. `<account>` stands for the id
   * of the account.
   */
  placeholder: string
}

const iamName = /^[\w+=,.@-]{1,64}$/

/**
 * Every identifier that can name a target. How an event names one is part of the event's own type, in rules/events/.
 */
export const identifiers = {
  accessKeyId: {
    shape: /^\w{16,128}$/,
    example: 'AKIAIOSFODNN7EXAMPLE',
    placeholder: 'AKIAPORTCULLISSMOKE0',
  },
  apiName: {
    shape: /^[^\p{C}]{1,255}$/u,
    example: 'shop-chat',
    placeholder: 'portcullis-smoke-test',
  },
  guardrailId: {
    shape: /^[a-z0-9]{1,64}$/,
    example: 'gr4rdr41l0id',
    placeholder: 'portcullissmoke0',
  },
  instanceId: {
    shape: /^i-([0-9a-f]{8}|[0-9a-f]{17})$/,
    example: 'i-0a1b2c3d4e5f60718',
    placeholder: 'i-00000000000000000',
  },
  // One address, never a range. Whether the address is public, block-ip decides.
  ipAddress: {
    shape: new RegExp(`${z.regexes.ipv4.source}|${z.regexes.ipv6.source}`),
    example: '198.51.100.24',
    placeholder: '8.8.8.8',
  },
  ipSetArn: {
    shape: /^arn:aws[\w-]*:wafv2:[a-z0-9-]+:\d{12}:(regional|global)\/ipset\/[\w-]{1,128}\/[\w-]{1,64}$/,
    example:
      'arn:aws:wafv2:us-east-1:111122223333:regional/ipset/blocked/3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f',
    placeholder:
      'arn:aws:wafv2:us-east-1:<account>:regional/ipset/portcullis-smoke-test/00000000-0000-4000-8000-000000000000',
  },
  principal: {
    shape: /^(role|user)\/[\w+=,.@-]{1,64}$/,
    example: 'role/rag-indexer',
    placeholder: 'role/portcullis.smoke.test',
  },
  principalId: {
    shape: /^AROA\w{12,124}:[\w+=,.@-]{2,64}$/,
    example: 'AROADBQP57FF2AEXAMPLE:nightly',
    placeholder: 'AROAPORTCULLISSMOKE0:smoke-test',
  },
  roleName: {
    shape: iamName,
    example: 'rag-indexer',
    placeholder: 'portcullis.smoke.test',
  },
  serviceSpecificCredentialId: {
    shape: /^\w{20,128}$/,
    example: 'ACCAEXAMPLE123EXAMPLE',
    placeholder: 'ACCAPORTCULLISSMOKE0',
  },
  stageName: {
    shape: /^[\w-]{1,128}$/,
    example: 'prod',
    placeholder: 'portcullis-smoke-test',
  },
  subject: {
    shape: /^[^\p{C}]{1,256}$/u,
    example: 'role/rag-indexer: Impact:IAMUser/CostHarvesting',
    placeholder: 'portcullis smoke test',
  },
  // An end user, as the application names them; sdk/limits.ts replaces any other text by its hash.
  userId: {
    shape: /^[\w.:@+=,$#-]{1,256}$/,
    example: 'auth0:6650a1f2',
    placeholder: 'portcullis-smoke-test',
  },
  userName: {
    shape: iamName,
    example: 'ci-deployer',
    placeholder: 'portcullis.smoke.test',
  },
  userPoolId: {
    shape: /^[\w-]{1,45}_[0-9A-Za-z]{1,45}$/,
    example: 'us-east-1_aB3dE5fG7',
    placeholder: 'us-east-1_smokeTest0',
  },
  // Cognito allows almost any text. A user whose name does not have this format is named by `sub`.
  username: {
    shape: /^[\w+=,.@-]{1,128}$/,
    example: 'maria',
    placeholder: 'portcullis-smoke-test',
  },
} satisfies Record<string, IdentifierEntry>

export type Identifier = keyof typeof identifiers

/** The value that exists in no account, for this account. */
export const placeholderOf = (identifier: Identifier, account: string): string =>
  identifiers[identifier].placeholder.replaceAll('<account>', account)
