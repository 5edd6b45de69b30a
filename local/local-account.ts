import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import { problem } from './emulator.ts'
import type { Emulators } from './emulators.ts'

/** The account of both emulators. */
export const localAccount = '123456789012'
export const localRegion = 'us-east-1'

/** Points this process at the local AWS and removes every profile, key and endpoint of the user from its environment. */
export function pointAt(url: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: localRegion,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  })
}

/** Throws unless the emulators are empty: external ones may hold what an earlier run left. */
export async function mustBeEmpty({ moto, ministack }: Emulators): Promise<void> {
  const [{ Stacks = [] }, { Roles = [] }] = await Promise.all([
    new CloudFormationClient({}).send(new DescribeStacksCommand({})),
    new IAMClient({}).send(new ListRolesCommand({})),
  ])
  if (Stacks.length + Roles.length === 0) return
  throw problem('The local AWS is not empty: the playbooks would contain resources of an earlier run.', {
    where: `${moto} and ${ministack}`,
    why: `there are ${Stacks.length} stacks and ${Roles.length} roles`,
    fix: `curl -X POST ${moto}/moto-api/reset; curl -X POST ${ministack}/_ministack/reset, or unset PORTCULLIS_*_URL`,
  })
}
