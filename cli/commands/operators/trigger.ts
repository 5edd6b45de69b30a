import { sanitize } from '../../../lib/text/sanitize.ts'
import { similar } from '../../../lib/text/similar.ts'
import { partOf } from '../../../responders/messages/view/part-of.ts'
import { effectLines, nextLines, sentLines, targetLines } from '../../operate/attack/attack-lines.ts'
import { bindScenario, givenIn } from '../../operate/attack/bind-scenario.ts'
import { filledScenario, type Scenario, scenarios } from '../../operate/attack/scenarios.ts'
import { type AttackEvent, sendAttack } from '../../operate/attack/send-attack.ts'
import { type ExpectedOutcome, isAsWanted, waitForOutcome } from '../../operate/attack/wait-for-outcome.ts'
import { accountOf } from '../../operate/stage/account.ts'
import { ceilingNow } from '../../operate/stage/ceiling-now.ts'
import { stagePlaceOf } from '../../operate/stage/stage-place.ts'
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

/** `portcullis trigger`: plays a recorded attack against a stage, to test that it is contained. */
export async function run(
  { scenario, list = false, set = [], wait = false, yes = false }: Typed,
  io: Io,
): Promise<number> {
  if (list) return listed(io)
  const chosen = known(scenario)
  const given = givenIn(set)
  const [place, account] = await io.wait(
    'reading the stage and your identity',
    Promise.all([stagePlaceOf(io.settings), accountOf()]),
  )
  const { stage, prefix, region, table } = place
  if (!place.stack)
    throw new Problem('no-stage', `stage ${stage} is not deployed`, {
      where: `stack ${prefix} in ${account} ${region}`,
      fix: `portcullis deploy --stage ${stage}`,
    })
  const bound = await io.wait('looking up the targets', bindScenario(chosen, given, account, region))
  const attack = filledScenario(chosen, bound.values, bound.names)
  const ceiling = await ceilingNow(prefix)
  io.note(`${chosen.title}`, ...targetLines(attack), ...effectLines(stage, ceiling))
  const question = `Send ${attack.events.length} ${attack.events.length === 1 ? 'event' : 'events'} to stage ${stage} in ${account}?`
  if (!yes && !(await io.confirm(question, '--yes'))) {
    io.note('Nothing was sent.')
    return exits.ok
  }
  io.ifStopped('A part of the attack was sent. To see its effect: portcullis incidents')
  const sent = await io.step(`sending ${chosen.name}`, sendAttack(attack, place))
  const ids = sent.map(({ id }) => id)
  const stand = wait ? await io.step('waiting for the outcome', waitForOutcome(attack, ids, table)) : []
  return report({ sent, stand, stage, wait, ceiling }, io)
}

interface Result {
  sent: AttackEvent[]
  stand: ExpectedOutcome[]
  stage: string
  wait: boolean
  ceiling: string
}

function report({ sent, stand, stage, wait, ceiling }: Result, io: Io): number {
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
    throw new Problem('not-contained', `${missing.length} of ${stand.length} expected outcomes are missing`, {
      where: missing
        .map(
          ({ playbook, wants, record }) => `${playbook}: ${record?.status ?? 'no record'}, expected ${wants}`,
        )
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
    { text: title + (playbooks.length > 0 ? ` (${[...new Set(playbooks)].join(', ')})` : ' (no playbook)') },
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
  const problem = name
    ? `"${sanitize(name, 60)}" is not a recorded attack`
    : 'the name of an attack is missing'
  throw new Problem('usage', problem, {
    fix: meant ? `Did you mean ${meant}?   portcullis trigger --list` : 'portcullis trigger --list',
  })
}
