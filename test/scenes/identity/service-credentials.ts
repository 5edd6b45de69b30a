import {
  type CreateServiceSpecificCredentialRequest,
  IAMClient,
  type IAMClientConfig,
  type ListServiceSpecificCredentialsRequest,
  type ListServiceSpecificCredentialsResponse,
  type ServiceSpecificCredentialMetadata,
  type UpdateServiceSpecificCredentialRequest,
} from '@aws-sdk/client-iam'

let credentials: ServiceSpecificCredentialMetadata[] = []

/** Deletes all credentials, as `reset` does for the rest of the account. */
export function forgetCredentials(): void {
  credentials = []
}

/**
 * IAM with service-specific credentials, which neither moto 5.2.5 nor MiniStack 1.5.33 supports. moto is called first, so
 * that it enforces IAM and the tap records the call. Only what moto does not support is answered here, in the shapes of
 * the SDK. A call whose answer the tap withholds does nothing here.
 */
export class IAMWithServiceCredentials extends IAMClient {
  constructor(config: IAMClientConfig = {}) {
    super(config)
    this.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          try {
            return await next(args)
          } catch (error) {
            const answer = answers[commandName]
            if (!answer || !isUnknown(error)) throw error
            const output = { ...answer(args.input), $metadata: {} }
            return { response: {}, output: output as never }
          }
        },
      { step: 'initialize', name: 'serviceCredentials' },
    )
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each command has its own input; the answers below declare theirs.
const answers: Record<string, (input: any) => object> = {
  CreateServiceSpecificCredentialCommand({ UserName, ServiceName }: CreateServiceSpecificCredentialRequest) {
    const ServiceSpecificCredentialId = `ACCAEXAMPLE${String(credentials.length).padStart(9, '0')}`
    const made: ServiceSpecificCredentialMetadata = {
      UserName,
      ServiceName,
      ServiceSpecificCredentialId,
      Status: 'Active',
      CreateDate: new Date('2026-11-21T06:00:00Z'),
    }
    credentials.push(made)
    return { ServiceSpecificCredential: made }
  },
  ListServiceSpecificCredentialsCommand({
    UserName,
    ServiceName,
  }: ListServiceSpecificCredentialsRequest): ListServiceSpecificCredentialsResponse {
    const named = credentials.filter(
      (one) => one.UserName === UserName && (!ServiceName || one.ServiceName === ServiceName),
    )
    return { ServiceSpecificCredentials: named.map((one) => ({ ...one })), IsTruncated: false }
  },
  UpdateServiceSpecificCredentialCommand(input: UpdateServiceSpecificCredentialRequest) {
    credentialOf(input).Status = input.Status
    return {}
  },
  DeleteServiceSpecificCredentialCommand(input: { ServiceSpecificCredentialId: string | undefined }) {
    const gone = credentialOf(input)
    credentials = credentials.filter((one) => one !== gone)
    return {}
  },
}

function credentialOf(input: {
  UserName?: string | undefined
  ServiceSpecificCredentialId: string | undefined
}) {
  const found = credentials.find(
    (one) =>
      one.ServiceSpecificCredentialId === input.ServiceSpecificCredentialId &&
      (!input.UserName || one.UserName === input.UserName),
  )
  if (!found)
    throw Object.assign(
      new Error(`Service Specific Credential ${input.ServiceSpecificCredentialId} does not exist.`),
      {
        name: 'NoSuchEntityException',
      },
    )
  return found
}

/** moto answers what it does not support with an HTML page. */
const isUnknown = (error: unknown): boolean => {
  const { $response } = error as { $response?: { statusCode: number; headers: Record<string, string> } }
  return $response?.statusCode === 500 && /html/.test($response.headers['content-type'] ?? '')
}
