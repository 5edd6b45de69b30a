import type { Containment } from '../../../engine/journal/record.ts'
import { partOf } from '../../../responders/messages/view/part-of.ts'
import { accountOf } from '../../operate/account.ts'
import { confirmStage } from '../../operate/confirm-stage.ts'
import { liveOf } from '../../operate/live.ts'
import { type StagePlace, stagePlaceOf } from '../../operate/place.ts'
import { remove } from '../../operate/remove.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  keep?: boolean
  yes?: boolean
}

/** `portcullis destroy`: never while something is contained, unless that is wanted. */
export async function run({ keep = false, yes = false }: Typed, io: Io): Promise<number> {
  const [place, account] = await io.wait(
    'asking who you are',
    Promise.all([stagePlaceOf(io.settings), accountOf()]),
  )
  const { stage, prefix, region } = place
  if (!place.stack)
    throw new Problem('no-stage', `there is no stage ${stage}`, {
      where: `stack ${prefix} in ${account} ${region}`,
      fix: '--stage <name> or PORTCULLIS_STAGE chooses another stage, --region another Region',
    })
  const live = await io.wait('looking for what is contained', liveOf(place.table))
  if (live.length > 0 && !keep) throw refusal(live, stage)
  io.note(`Stage ${stage} in ${account} ${region} will be removed: nothing is watched from then on.`)
  io.note(...live.map((one) => `  stays as it is, and no clock will end it: ${lineOf(one)}`))
  if (!yes && !(await confirmStage(`Remove stage ${stage}`, io, { byName: true }))) {
    io.note('Nothing was changed.')
    return exits.ok
  }
  io.ifStopped(`CloudFormation goes on removing ${prefix}; the same command again finishes it.`)
  await io.step(
    `removing ${prefix}`,
    remove(place).catch((cause: Error) => fail(place, cause)),
  )
  if (io.json) io.document({ stage, removed: prefix, left: leftOf(place), live: live.map(({ id }) => id) })
  else
    io.print(
      `${io.paint('good', '✓')} stage ${stage} is removed`,
      'Left on purpose:',
      ...leftOf(place).map((line) => `  ${line}`),
    )
  return exits.ok
}

function refusal(live: Containment[], stage: string): Problem {
  const ids = [...new Set(live.map(({ incident }) => incident))]
  return new Problem('still-contained', `${live.length} containments of stage ${stage} are live`, {
    where: live.map(lineOf).join('\n'),
    why: 'their bookings go with the stack: nothing would ever put them back',
    fix: [
      ...ids.map((id) => `portcullis undo ${id} --stage ${stage} --reason "the stage is removed"`),
      'or --keep, and put them back by hand',
    ].join('\n'),
  })
}

const lineOf = (one: Containment): string =>
  `${one.incident}  ${one.status}  ${partOf(one, true).title}, due ${one.due}`

/** What somebody may still need, and nothing but a person deletes. */
const leftOf = ({ prefix, table }: StagePlace): string[] => [
  `${table}: the journal, what was done and how to take it back. It is protected against deletion;`,
  '  a stage of this name is deployed again once it was deleted, or imported into the new stack',
  `/${prefix}/slack-token, /${prefix}/slack-signing-secret: what people put there themselves`,
  'snapshots of volumes: they are evidence',
]

function fail({ stage, prefix }: StagePlace, cause: Error): never {
  throw new Problem('not-deployed', `stage ${stage} could not be removed as a whole`, {
    where: `stack ${prefix}`,
    why: cause.message,
    fix: `aws cloudformation describe-stack-events --stack-name ${prefix}; then the same command again`,
    cause,
  })
}
