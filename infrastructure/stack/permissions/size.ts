/**
 * Values as long as CloudFormation may fill in, for what a policy is counted by. Source: IAM quotas: characters
 * without white space.
 */
const longest: Record<string, string> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-1',
  'AWS::AccountId': '1'.repeat(12),
  'AWS::URLSuffix': 'amazonaws.com.cn',
}
const anyArn = `arn:aws-us-gov:kms:ap-southeast-1:${'1'.repeat(12)}:key/${'0'.repeat(36)}`

/** How many characters IAM counts of a policy document, with everything filled in that CloudFormation fills in. Pure. */
export const policySize = (document: object): number =>
  JSON.stringify(document).replace(/\$\{([A-Z][\w:.]*)\}/g, (_, name) => longest[name] ?? anyArn).length
