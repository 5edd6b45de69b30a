import { sanitize } from '../../../lib/text/sanitize.ts'
import { similar } from '../../../lib/text/similar.ts'
import { partOf } from '../../../responders/messages/view/part-of.ts'
import { accountOf } from '../../operate/account.ts'
import { nextLines, sentLines, targetLines, wordsOn } from '../../operate/attack-lines.ts'
import { bindScenario, givenIn } from '../../operate/bind-scenario.ts'
import { ceilingNow } from '../../operate/ceiling-now.ts'
import { stagePlaceOf } from '../../operate/place.ts'
import { filledScenario, type Scenario, scenarios } from '../../operate/scenarios.ts'
import { type SentCommand, sendCommand } from '../../operate/send.ts'
import { type Awaited, isAsWanted, restOf } from '../../operate/wait-for-outcome.ts'
import { tableLines } from '../../print/table.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  scenario?: string
  list?: boolean
  set?: string[]
  wait?: boolean
  yes?: boolean
}

/** `portcullis trigger`: a recorded attack on a stage, to see that it is contained. */
export async function run(
  { scenario, list = false, set = [], wait = false, yes = false }: Typed,
  io: Io,
): Promise<number> {
  if (list) return listed(io)
  const chosen = known(scenario)
  const given = givenIn(set)
  const [place, account] = await io.wait(
    'asking who you are',
    Promise.all([stagePlaceOf(io.settings), accountOf()]),
  )
  const { stage, prefix, region, table } = place
  if (!place.stack)
    throw new Problem('no-stage', `there is no stage ${stage}`, {
      where: `stack ${prefix} in ${account} ${region}`,
      fix: `portcullis deploy --stage ${stage}`,
    })
  const cast = await io.wait('looking up what it is about', bindScenario(chosen, given, account, region))
  const attack = filledScenario(chosen, cast.values, cast.names)
  const ceiling = await ceilingNow(prefix)
  io.note(`${chosen.title}`, ...targetLines(attack), ...wordsOn(stage, ceiling))
  const question = `Send ${attack.events.length} ${attack.events.length === 1 ? 'event' : 'events'} to stage ${stage} in ${account}?`
  if (!yes && !(await io.confirm(question, '--yes'))) {
    io.note('Nothing was sent.')
    return exits.ok
  }
  io.ifStopped('Some of the attack was sent; what came of it: portcullis incidents')
  const sent = await io.step(`sending ${chosen.name}`, sendCommand(attack, place))
  const ids = sent.map(({ id }) => id)
  const stand = wait ? await io.step('waiting', restOf(attack, ids, table)) : []
  return told({ sent, stand, stage, wait, ceiling }, io)
}

interface Result {
  sent: SentCommand[]
  stand: Awaited[]
  stage: string
  wait: boolean
  ceiling: string
}

function told({ sent, stand, stage, wait, ceiling }: Result, io: Io): number {
  const records = stand.flatMap(({ record }) => record ?? [])
  const incidents = [
    ...new Set([
      ...sent.flatMap(({ outcomes }) => outcomes.flatMap(({ incident }) => incident ?? [])),
      ...records.map(({ incident }) => incident),
    ]),
  ]
  if (io.json)
    io.document({
      stage,
      sent,
      incidents,
      ...(wait && {
        stand: stand.map((one) => ({ playbook: one.playbook, wants: one.wants, is: one.record?.status })),
      }),
    })
  else
    io.print(
      ...sentLines(sent),
      ...records.map((one) => `${one.status.padEnd(10)}  ${partOf(one, true).title}`),
    )
  const missing = stand.filter((one) => !isAsWanted(one))
  if (missing.length > 0)
    throw new Problem('not-contained', `${missing.length} of ${stand.length} did not come as they must`, {
      where: missing
        .map(({ playbook, wants, record }) => `${playbook} is ${record?.status ?? 'not there'}, not ${wants}`)
        .join('\n'),
      why: missing[0]?.record?.why ?? `the ceiling of stage ${stage} is ${ceiling}`,
      fix: incidents[0]
        ? `portcullis incidents show ${incidents[0]} --stage ${stage}`
        : `portcullis doctor --stage ${stage}`,
    })
  if (!io.json) io.print(...nextLines(incidents, stage))
  return exits.ok
}

function listed(io: Io): number {
  const all = scenarios()
  if (io.json) {
    io.document({
      scenarios: all.map(({ name, title, playbooks, needs }) => ({ name, title, playbooks, needs })),
    })
    return exits.ok
  }
  const rows = all.map(({ name, title, needs, playbooks }) => [
    { text: name, style: 'bold' as const },
    { text: needs.map((one) => `--set ${one}=…`).join(' ') },
    { text: title + (playbooks.length > 0 ? ` (${[...new Set(playbooks)].join(', ')})` : ' (nothing)') },
  ])
  io.print(...tableLines(rows, { ...io, gives: 2 }))
  return exits.ok
}

function known(name: string | undefined): Scenario {
  const all = scenarios()
  const found = all.find((one) => one.name === name)
  if (found) return found
  const meant = similar(
    name ?? '',
    all.map((one) => one.name),
  )
  throw new Problem('usage', name ? `there is no recorded attack "${sanitize(name, 60)}"` : 'which attack?', {
    fix: meant ? `Did you mean ${meant}?   portcullis trigger --list` : 'portcullis trigger --list',
  })
}
