import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation'
import { type Exception, parseExceptions } from '../../../engine/exceptions.ts'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { type Mode, modes } from '../../../engine/rule.ts'
import listed from '../../../exceptions.json' with { type: 'json' }
import { type AnyTemplate, flattened, nestedIdsOf } from '../../../infrastructure/stack/template/packaged.ts'
import { playbooks } from '../../../playbooks/index.ts'
import { rules } from '../../../rules/index.ts'
import { deployedHashes, hashes } from '../doctor/checks/stack.ts'
import type { Packaged } from '../packaged.ts'
import { modesOf } from '../stage/modes.ts'
import type { StagePlace } from '../stage/stage-place.ts'
import { type DeployDifference, deployDifferenceOf, deployPlanHash } from './deploy-difference.ts'
import { type Permission, permissionsOf } from './permissions.ts'
import { costOf, type MonthlyCost } from './prices.ts'

/** Everything that is shown for consent before a deployment. */
export interface DeployPlan {
  hash: string
  resources: number
  differences: DeployDifference[]
  cost: MonthlyCost
  ceiling: Mode
  modes: Map<string, Mode>
  permissions: Permission[]
  exceptions: Exception[]
}

/** What deploying this package would do to the stage. Reads only. */
export async function deployPlanOf({ template }: Packaged, place: StagePlace): Promise<DeployPlan> {
  const [before, built, deployed] = await Promise.all([
    place.stack ? deployedTemplate(place.prefix) : undefined,
    hashes(),
    place.stack ? deployedHashes(place.prefix) : new Map<string, string>(),
  ])
  const ceiling = ceilingOf(template)
  const names = playbooks.map(({ name }) => name)
  return {
    hash: deployPlanHash(template, built),
    resources: Object.keys(template.Resources).length,
    differences: deployDifferenceOf(before, template, { built, deployed }),
    cost: costOf(template),
    ceiling,
    modes: modesOf(names, rules, ceiling),
    permissions: permissionsOf(playbooks as readonly AnyPlaybook[]),
    exceptions: parseExceptions(listed),
  }
}

/** The deployed template, with the resources of its nested stacks. */
async function deployedTemplate(StackName: string): Promise<AnyTemplate> {
  const cloud = new CloudFormationClient({})
  const get = async (StackName: string): Promise<AnyTemplate> => {
    const asked = new GetTemplateCommand({ StackName, TemplateStage: 'Original' })
    const { TemplateBody = '{}' } = await cloud.send(asked)
    return { Resources: {}, ...JSON.parse(TemplateBody) }
  }
  const root = await get(StackName)
  const nested = nestedIdsOf(root).map(async (LogicalResourceId) => {
    const asked = new DescribeStackResourceCommand({ StackName, LogicalResourceId })
    const { StackResourceDetail } = await cloud.send(asked)
    return get(StackResourceDetail?.PhysicalResourceId ?? '')
  })
  return flattened(root, await Promise.all(nested))
}

/** The ceiling in a template: the functions of all playbooks have the same one. */
export function ceilingOf({ Resources }: AnyTemplate): Mode {
  const found = Object.values(Resources).flatMap(({ Properties }) => {
    const { Variables } = (Properties?.Environment ?? {}) as { Variables?: Record<string, unknown> }
    return Variables?.PORTCULLIS_CEILING ?? []
  })
  return modes.find((mode) => mode === found[0]) ?? 'observe'
}
