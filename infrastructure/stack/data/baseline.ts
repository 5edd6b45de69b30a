import type { Deployment } from '../deployment.ts'
import type { Resources } from '../template/template.ts'
import { macKey } from './mac-key.ts'

/** The key that signs baselines: the functions may verify with it, and only people may sign. */
export const baselineResources = ({ prefix }: Deployment): Resources => ({
  BaselineKey: macKey(`Signs the baselines of ${prefix}`),
  BaselineKeyAlias: {
    Type: 'AWS::KMS::Alias',
    Properties: { AliasName: `alias/${prefix}-baseline`, TargetKeyId: { Ref: 'BaselineKey' } },
  },
})
