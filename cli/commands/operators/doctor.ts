import { similar } from '../../../lib/text/similar.ts'
import type { DoctorCheck } from '../../operate/doctor/check.ts'
import { checks } from '../../operate/doctor/checks/index.ts'
import { type Examined, examine, examineAll } from '../../operate/doctor/examine.ts'
import { findingLines, tallyFindings } from '../../operate/doctor/finding-lines.ts'
import { type StagePlace, stagePlaceOf } from '../../operate/stage/stage-place.ts'
import { narrowed } from '../../print/wrap.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  fix?: string
  yes?: boolean
}

/** `portcullis doctor`: checks everything that detection, notification and decisions depend on. */
export async function run({ fix, yes = false }: Typed, io: Io): Promise<number> {
  const chosen = fix === undefined ? undefined : known(fix)
  const place = await io.wait('reading the stage', stagePlaceOf(io.settings))
  if (chosen) return fixCheck(chosen, place, yes, io)
  const all = await io.wait(`running ${checks.length} checks`, examineAll(checks, place))
  if (io.json) io.document({ stage: place.stage, checks: all.map(summaryOf) })
  else
    io.print(
      ...shown(
        all.flatMap((one) => findingLines(one, io.paint)),
        io,
      ),
      tallyFindings(all),
    )
  return exitOf(all)
}

async function fixCheck(check: DoctorCheck, place: StagePlace, yes: boolean, io: Io): Promise<number> {
  const before = await examine(check, place)
  if (before.finding.state === 'ok') return report(before, io)
  io.note(...shown(findingLines(before, io.paint), io))
  const calls = (await check.fixCalls?.(place)) ?? []
  if (calls.length === 0)
    throw new Problem('by-hand', `${check.title} cannot be fixed by this command`, {
      where: before.finding.says,
      why: before.finding.state === 'unknown' ? before.finding.says : check.why,
      fix: before.finding.fix?.startsWith('portcullis doctor')
        ? check.fix
        : (before.finding.fix ?? check.fix),
    })
  io.note('These API calls will be made:', ...calls.map(({ says }) => `  aws ${says}`))
  const question = `Make ${calls.length === 1 ? 'this call' : 'these calls'} in stage ${place.stage}?`
  if (!yes && !(await io.confirm(question, '--yes'))) {
    io.note('Nothing was changed.')
    return exits.ok
  }
  for (const [at, { says, make }] of calls.entries()) {
    io.ifStopped(`${at} of ${calls.length} calls were made. Check with: portcullis doctor`)
    await io.step(`aws ${says.split('\n')[0]}`, make())
  }
  return report(await examine(check, place), io)
}

function report(one: Examined, io: Io): number {
  if (io.json) io.document({ checks: [summaryOf(one)] })
  else io.print(...shown(findingLines(one, io.paint), io))
  return exitOf([one])
}

const exitOf = (all: Examined[]): number =>
  all.some(({ finding }) => finding.state === 'failed') ? exits.failed : exits.ok

const shown = (lines: string[], { width }: Io): string[] => narrowed(lines.join('\n'), width)

const summaryOf = ({ check: { name, title, why, fix }, finding }: Examined): object => ({
  name,
  title,
  state: finding.state,
  says: finding.says,
  ...(finding.state !== 'ok' && { why, fix: finding.fix ?? fix }),
})

function known(name: string): DoctorCheck {
  const found = checks.find((one) => one.name === name)
  if (found) return found
  const names = checks.map((one) => one.name)
  const meant = similar(name, names)
  throw new Problem('usage', `"${name}" is not the name of a check`, {
    where: names.join(', '),
    fix: meant ? `Did you mean ${meant}?   portcullis doctor --help` : 'portcullis doctor --help',
  })
}
