import { arn, policyDocument, type Resource, substituted } from '../template/template.ts'

/** A key that signs and verifies and never leaves KMS. Roles are allowed to use it by their own policies. */
export const macKey = (Description: string): Resource => ({
  Type: 'AWS::KMS::Key',
  Properties: {
    Description,
    KeySpec: 'HMAC_256',
    KeyUsage: 'GENERATE_VERIFY_MAC',
    KeyPolicy: substituted(
      // Without it the key could never be changed again (KMS Developer Guide, "Default key policy").
      policyDocument({
        Effect: 'Allow',
        Principal: { AWS: arn('iam', 'root') },
        Action: 'kms:*',
        Resource: '*',
      }),
    ),
  },
})
