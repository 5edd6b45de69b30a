import type { Containment } from '../../../engine/journal/record.ts'
import { partOf } from '../../../responders/messages/view/part-of.ts'
import { remove } from '../../operate/deploy/remove.ts'
import { accountOf } from '../../operate/stage/account.ts'
import { confirmStage } from '../../operate/stage/confirm-stage.ts'
import { liveOf } from '../../operate/stage/live-containments.ts'
import { type StagePlace, stagePlaceOf } from '../../operate/stage/stage-place.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  keep?: boolean
  yes?: boolean
}

/** `portcullis destroy`: removes a stage; refuses while a containment is live, unless --keep is given. */
export async function run({ keep = false, yes = false }: Typed, io: Io): Promise<number> {
  const [place, account] = await io.wait(
    'reading the stage and your identity',
    Promise.all([stagePlaceOf(io.settings), accountOf()]),
  )
  const { stage, prefix, region } = place
  if (!place.stack)
    throw new Problem('no-stage', `stage ${stage} is not deployed`, {
      where: `stack ${prefix} in ${account} ${region}`,
      fix: 'choose a stage with --stage or PORTCULLIS_STAGE, or a Region with --region',
    })
  const live = await io.wait('reading live containments', liveOf(place.table))
  if (live.length > 0 && !keep) throw refusal(live, stage)
  io.note(`Stage ${stage} in ${account} ${region} will be removed: detection and response stop.`)
  io.note(...live.map((one) => `  stays contained and will not be released: ${lineOf(one)}`))
  if (!yes && !(await confirmStage(`Remove stage ${stage}`, io, { byName: true }))) {
    io.note('Nothing was changed.')
    return exits.ok
  }
  io.ifStopped(`CloudFormation continues to remove ${prefix}. Run this command again to finish.`)
  await io.step(
    `removing ${prefix}`,
    remove(place).catch((cause: Error) => fail(place, cause)),
  )
  if (io.json) io.document({ stage, removed: prefix, left: leftOf(place), live: live.map(({ id }) => id) })
  else
    io.print(
      `${io.paint('good', '✓')} stage ${stage} is removed`,
      'Retained on purpose:',
      ...leftOf(place).map((line) => `  ${line}`),
    )
  return exits.ok
}

function refusal(live: Containment[], stage: string): Problem {
  const ids = [...new Set(live.map(({ incident }) => incident))]
  return new Problem('still-contained', `${live.length} containments of stage ${stage} are live`, {
    where: live.map(lineOf).join('\n'),
    why: 'their scheduled releases are removed with the stack: nothing would release them',
    fix: [
      ...ids.map((id) => `portcullis undo ${id} --stage ${stage} --reason "the stage is removed"`),
      'or give --keep, and restore them by hand',
    ].join('\n'),
  })
}

const lineOf = (one: Containment): string =>
  `${one.incident}  ${one.status}  ${partOf(one, true).title}, due ${one.due}`

/** What a removed stage leaves in the account, for a person to delete. */
const leftOf = ({ prefix, table }: StagePlace): string[] => [
  `${table}: the journal, with what was changed and how to undo it. It has deletion protection;`,
  '  to deploy a stage of this name again, delete the table or import it into the new stack',
  `/${prefix}/slack-token, /${prefix}/slack-signing-secret: parameters that were created by hand`,
  'volume snapshots: they are evidence',
]

function fail({ stage, prefix }: StagePlace, cause: Error): never {
  throw new Problem('not-deployed', `stage ${stage} could not be removed completely`, {
    where: `stack ${prefix}`,
    why: cause.message,
    fix: `aws cloudformation describe-stack-events --stack-name ${prefix}; then run this command again`,
    cause,
  })
}
