import { isLoopback } from '../../../lib/loopback.ts'
import { apply } from '../../operate/deploy/apply.ts'
import { type DeployPlan, deployPlanOf } from '../../operate/deploy/deploy-plan.ts'
import { deployPlanLines } from '../../operate/deploy/deploy-plan-lines.ts'
import { deployProgress } from '../../operate/deploy/deploy-progress.ts'
import { type Smoke, smoke } from '../../operate/deploy/smoke.ts'
import { type Once, type Packaged, packaged } from '../../operate/packaged.ts'
import { accountOf } from '../../operate/stage/account.ts'
import { confirmStage, isProduction } from '../../operate/stage/confirm-stage.ts'
import { type StagePlace, stagePlaceOf } from '../../operate/stage/stage-place.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed extends Once {
  plan?: boolean
  detailedExitcode?: boolean
  yes?: boolean
}

/** `portcullis deploy`: shows the plan, asks, deploys, then runs a smoke test. */
export async function run(typed: Typed, io: Io): Promise<number> {
  const { plan: only = false, detailedExitcode = false, yes = false, ceiling, email } = typed
  if (detailedExitcode && !only)
    throw new Problem('usage', '--detailed-exitcode needs --plan', {
      fix: 'portcullis deploy --plan --detailed-exitcode',
    })
  const [place, account] = await io.wait(
    'reading the stage and your identity',
    Promise.all([stagePlaceOf(io.settings), accountOf()]),
  )
  if (place.stack?.status.endsWith('IN_PROGRESS')) throw busy(place, place.stack.status)
  const made = await io.step('packaging', packaged(place.stage, { ceiling, email }))
  const plan = await io.wait('comparing with the deployed stack', deployPlanOf(made, place))
  const pending = plan.differences.length > 0
  if (only) {
    if (io.json) io.document({ ...summaryOf(plan, place, account), pending })
    else io.print(...deployPlanLines(plan, place, account, io))
    return pending && detailedExitcode ? exits.pending : exits.ok
  }
  io.note(...deployPlanLines(plan, place, account, io))
  if (isLoopback())
    io.note(
      'AWS_ENDPOINT_URL is on this machine: deploying to emulators, with CloudFormation instead of osls.',
    )
  const byName = isProduction(place.stage)
  if (!pending) io.note('There are no changes. Running the smoke test only.')
  else if (!yes && !(await confirmStage(`Deploy to stage ${place.stage}`, io, { byName }))) {
    io.note('Nothing was changed.')
    return exits.ok
  }
  const begun = performance.now()
  if (pending) await work(made, place, plan, io)
  const seconds = Math.round((performance.now() - begun) / 1000)
  const found = await io.step('smoke test', smoke(made.template, place, account))
  return report({ plan, place, account, seconds, found }, io)
}

const busy = ({ stage, prefix }: StagePlace, status: string): Problem =>
  new Problem('not-deployed', `a CloudFormation operation on stage ${stage} is in progress`, {
    where: `stack ${prefix}`,
    why: `its status is ${status}`,
    fix: `aws cloudformation wait stack-update-complete --stack-name ${prefix}, then run this command again`,
  })

/** Deploys and prints a line per changed resource. Ctrl-C prints how far it got. */
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

function report({ plan, place, account, seconds, found }: Result, io: Io): number {
  const { stage, prefix } = place
  const { functions, rules, wrong } = found
  if (io.json) io.document({ ...summaryOf(plan, place, account), seconds, smoke: found })
  if (wrong.length > 0)
    throw new Problem(
      'smoke-failed',
      `stage ${stage} is deployed, but its smoke test found ${wrong.length} problems`,
      {
        where: wrong.join('\n'),
        why: 'every playbook must be able to plan for a target that does not exist, and every rule must be enabled',
        fix: `aws logs tail /aws/lambda/${prefix}-${wrong[0]?.split(':')[0]} --since 10m`,
      },
    )
  if (!io.json)
    io.print(
      `${io.paint('good', '✓')} ${plan.differences.length} changes in ${seconds} s`,
      `${io.paint('good', '✓')} ${functions} functions start, playbooks read with their own roles; ${rules} rules are enabled`,
      ...found.untried.map((one) => `– not tested here: ${one}`),
      '  No event was sent: only AWS services can put their own events on the default bus.',
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
