/**
 * Replaces `@aws-sdk/credential-provider-node` in the bundles: on Lambda, credentials come only from the environment,
 * so that profiles, SSO, web identities and instance metadata are not loaded. Throws when they are not set. Source: Lambda Developer Guide, "Defined runtime environment variables".
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; on Lambda they always are.')
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  }
}
