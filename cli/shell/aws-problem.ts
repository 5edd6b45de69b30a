import type { ProblemCode } from './codes.ts'
import { Problem } from './errors.ts'

interface Kind {
  code: ProblemCode
  message: string
  fix: string
  names: readonly string[]
}

/** What AWS and its SDK call their errors. Source: AWS common errors; DynamoDB, Lambda and STS API references. */
const kinds: Kind[] = [
  {
    code: 'no-credentials',
    message: 'there are no AWS credentials that AWS knows',
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
    fix: 'aws sso login   (or --profile <name>); and see that the clock of this machine is right',
    names: ['ExpiredTokenException', 'ExpiredToken', 'RequestExpired', 'RequestTimeTooSkewed'],
  },
  {
    code: 'denied',
    message: 'the AWS identity may not do this',
    fix: 'use another one with --profile, or have the permission granted',
    names: ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'KMSAccessDeniedException'],
  },
  {
    code: 'no-stage',
    message: 'there is no Portcullis of this stage here',
    fix: '--stage <name> or PORTCULLIS_STAGE chooses another stage, --region another Region; or deploy it',
    names: ['ResourceNotFoundException'],
  },
  {
    code: 'unreachable',
    message: 'AWS does not answer',
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

/** The problem in an error of AWS or of its SDK; nothing when it is not one that is known. */
export function awsProblem(error: unknown, stage: string): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  const where = `stage ${stage} (portcullis-${stage}-*) in ${process.env.AWS_REGION ?? 'the Region of the profile'}`
  if (error.message === 'Region is missing')
    return new Problem('no-region', 'it is not known in which Region Portcullis is deployed', {
      where: '--region, AWS_REGION, or the profile',
      why: 'none of them names one',
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
