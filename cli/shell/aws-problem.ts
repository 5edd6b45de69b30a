import type { ProblemCode } from './codes.ts'
import { Problem } from './errors.ts'

interface AwsErrorKind {
  code: ProblemCode
  message: string
  fix: string
  names: readonly string[]
}

/** Error names of AWS and its SDK. Source: AWS common errors; DynamoDB, Lambda and STS API references. */
const kinds: AwsErrorKind[] = [
  {
    code: 'no-credentials',
    message: 'there are no valid AWS credentials',
    fix: 'aws sso login   (or --profile <name>)',
    names: [
      'CredentialsProviderError',
      'TokenProviderError',
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'IncompleteSignatureException',
      'MissingAuthenticationTokenException',
    ],
  },
  {
    code: 'expired-credentials',
    message: 'the AWS credentials have expired',
    fix: 'aws sso login   (or --profile <name>); also check the clock of this machine',
    names: ['ExpiredTokenException', 'ExpiredToken', 'RequestExpired', 'RequestTimeTooSkewed'],
  },
  {
    code: 'denied',
    message: 'the AWS identity is not authorized for this call',
    fix: 'use another profile with --profile, or have the permission granted',
    names: ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'KMSAccessDeniedException'],
  },
  {
    code: 'no-stage',
    message: 'this stage is not deployed in this account and Region',
    fix: 'choose a stage with --stage or PORTCULLIS_STAGE, or a Region with --region; or run portcullis deploy',
    names: ['ResourceNotFoundException'],
  },
  {
    code: 'unreachable',
    message: 'AWS does not respond',
    fix: 'check the network, and AWS_ENDPOINT_URL if it is set',
    names: [
      'TimeoutError',
      'ECONNREFUSED',
      'ENOTFOUND',
      'ECONNRESET',
      'EAI_AGAIN',
      'ETIMEDOUT',
      'EHOSTUNREACH',
    ],
  },
]

/** The problem for an error of AWS or of its SDK; undefined for any other error. */
export function awsProblem(error: unknown, stage: string): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  const where = `stage ${stage} (portcullis-${stage}-*) in ${process.env.AWS_REGION ?? 'the Region of the profile'}`
  if (error.message === 'Region is missing')
    return new Problem('no-region', 'the AWS Region is not known', {
      where: '--region, AWS_REGION, or the profile',
      why: 'none of them sets a Region',
      fix: '--region us-east-1',
      cause: error,
    })
  const marks = [error.name, (error as NodeJS.ErrnoException).code ?? '', codeIn(error.cause)]
  const kind = kinds.find(({ names }) => names.some((name) => marks.includes(name)))
  if (!kind) return undefined
  const { code, message, fix } = kind
  return new Problem(code, message, { where, why: error.message || error.name, fix, cause: error })
}

const codeIn = (cause: unknown): string => (cause as NodeJS.ErrnoException | undefined)?.code ?? ''
