import {
  CreateIPSetCommand,
  DeleteIPSetCommand,
  GetIPSetCommand,
  type Scope,
  TagResourceCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2'
import { blockIp } from '../../../playbooks/edge/block-ip.ts'
import type { Scene } from '../scene.ts'

/** An IP set that contains other addresses. */
export async function ipSet(
  Addresses: string[],
  { scope = 'REGIONAL', version = 'IPV4' }: { scope?: Scope; version?: 'IPV4' | 'IPV6' } = {},
) {
  const waf = new WAFV2Client({})
  const set = { Name: 'blocked', Scope: scope }
  const { Summary } = await waf.send(
    new CreateIPSetCommand({
      ...set,
      Description: 'Blocked by hand',
      IPAddressVersion: version,
      Addresses,
      Tags: [{ Key: 'team', Value: 'edge' }],
    }),
  )
  const Id = Summary?.Id
  const ipSetArn = Summary?.ARN as string
  return {
    ipSetArn,
    async look() {
      const { IPSet } = await waf.send(new GetIPSetCommand({ ...set, Id }))
      return { addresses: IPSet?.Addresses, description: IPSet?.Description }
    },
    async protect() {
      const Tags = [{ Key: 'portcullis:protected', Value: 'true' }]
      await waf.send(new TagResourceCommand({ ResourceARN: ipSetArn, Tags }))
    },
    async destroy() {
      const { LockToken } = await waf.send(new GetIPSetCommand({ ...set, Id }))
      await waf.send(new DeleteIPSetCommand({ ...set, Id, LockToken }))
    },
  }
}

export const scene: Scene = {
  playbook: blockIp,
  async build() {
    const { ipSetArn, ...stage } = await ipSet(['198.51.100.0/24', '203.0.113.8/32'])
    return {
      ...stage,
      target: { account: '123456789012', region: 'us-east-1', ipAddress: '203.0.113.7', ipSetArn },
      // No `meddle`: an address is either in the set or not.
    }
  },
}
