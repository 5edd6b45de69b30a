import { apply } from '../../operate/deploy/apply.ts'
import { type DeployPlan, deployPlanOf } from '../../operate/deploy/deploy-plan.ts'
import { deployPlanLines } from '../../operate/deploy/deploy-plan-lines.ts'
import { deployProgress } from '../../operate/deploy/deploy-progress.ts'
import { type Smoke, smoke } from '../../operate/deploy/smoke.ts'
import { type Once, type Packaged, packaged } from '../../operate/packaged.ts'
import { accountOf } from '../../operate/stage/account.ts'
import { confirmStage, isProduction } from '../../operate/stage/confirm-stage.ts'
import { isLoopback, type StagePlace, stagePlaceOf } from '../../operate/stage/stage-place.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed extends Once {
  plan?: boolean
  detailedExitcode?: boolean
  yes?: boolean
}

/** `portcullis deploy`: the plan first, then the question, then the work, then a try of what is there. */
export async function run(typed: Typed, io: Io): Promise<number> {
  const { plan: only = false, detailedExitcode = false, yes = false, ceiling, email } = typed
  if (detailedExitcode && !only)
    throw new Problem('usage', '--detailed-exitcode is for --plan', {
      fix: 'portcullis deploy --plan --detailed-exitcode',
    })
  const [place, account] = await io.wait(
    'asking who you are',
    Promise.all([stagePlaceOf(io.settings), accountOf()]),
  )
  if (place.stack?.status.endsWith('IN_PROGRESS')) throw busy(place, place.stack.status)
  const made = await io.step('packaging', packaged(place.stage, { ceiling, email }))
  const plan = await io.wait('comparing', deployPlanOf(made, place))
  const pending = plan.differences.length > 0
  if (only) {
    if (io.json) io.document({ ...summaryOf(plan, place, account), pending })
    else io.print(...deployPlanLines(plan, place, account, io))
    return pending && detailedExitcode ? exits.pending : exits.ok
  }
  io.note(...deployPlanLines(plan, place, account, io))
  if (isLoopback())
    io.note('AWS_ENDPOINT_URL is on this machine: into emulators, and by CloudFormation without osls.')
  const byName = isProduction(place.stage)
  if (!pending) io.note('Nothing changes; what is deployed is tried.')
  else if (!yes && !(await confirmStage(`Deploy to stage ${place.stage}`, io, { byName }))) {
    io.note('Nothing was changed.')
    return exits.ok
  }
  const begun = performance.now()
  if (pending) await work(made, place, plan, io)
  const seconds = Math.round((performance.now() - begun) / 1000)
  const found = await io.step('trying what is there', smoke(made.template, place, account))
  return told({ plan, place, account, seconds, found }, io)
}

const busy = ({ stage, prefix }: StagePlace, status: string): Problem =>
  new Problem('not-deployed', `CloudFormation is still at work on stage ${stage}`, {
    where: `stack ${prefix}`,
    why: `it is ${status}`,
    fix: `aws cloudformation wait stack-update-complete --stack-name ${prefix}, then the same command again`,
  })

/** Deploys, a line for each change; at any moment Ctrl-C can say how far it is. */
async function work(made: Packaged, place: StagePlace, { differences }: DeployPlan, io: Io): Promise<void> {
  const progress = deployProgress(differences)
  io.ifStopped(progress.stopped(place))
  await apply(made, place, (one) => {
    io.note(...progress.lineOf(one, io.paint))
    io.ifStopped(progress.stopped(place))
  })
}

interface Result {
  plan: DeployPlan
  place: StagePlace
  account: string
  seconds: number
  found: Smoke
}

function told({ plan, place, account, seconds, found }: Result, io: Io): number {
  const { stage, prefix } = place
  const { functions, rules, wrong } = found
  if (io.json) io.document({ ...summaryOf(plan, place, account), seconds, smoke: found })
  if (wrong.length > 0)
    throw new Problem(
      'smoke-failed',
      `stage ${stage} is deployed, and ${wrong.length} things in it are wrong`,
      {
        where: wrong.join('\n'),
        why: 'each playbook was asked to plan for a target that is not there, and each rule has to be on',
        fix: `aws logs tail /aws/lambda/${prefix}-${wrong[0]?.split(':')[0]} --since 10m`,
      },
    )
  if (!io.json)
    io.print(
      `${io.paint('good', '✓')} ${plan.differences.length} changes in ${seconds} s`,
      `${io.paint('good', '✓')} ${functions} functions start, and playbooks look with their own roles; ${rules} rules are on`,
      ...found.untried.map((one) => `– not tried here: ${one}`),
      '  No event was sent: AWS takes those of its services from nobody else.',
      `next: portcullis doctor --stage ${stage}; portcullis trigger llmjacking --stage ${stage}`,
    )
  return exits.ok
}

const summaryOf = (
  { permissions, modes, exceptions, ...plan }: DeployPlan,
  place: StagePlace,
  account: string,
): object => ({
  stage: place.stage,
  account,
  region: place.region,
  plan: plan.hash,
  ceiling: plan.ceiling,
  resources: plan.resources,
  differences: plan.differences,
  cost: plan.cost,
  modes: Object.fromEntries(modes),
  permissions,
  exceptions,
})
