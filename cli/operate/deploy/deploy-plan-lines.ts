import type { Style } from '../../../lib/text/paint.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { tableLines } from '../../print/table.ts'
import { wrapPrinted } from '../../print/wrap.ts'
import type { Io } from '../../shell/io.ts'
import { modeWords } from '../stage/modes.ts'
import type { StagePlace } from '../stage/stage-place.ts'
import type { DeployDifference } from './deploy-difference.ts'
import type { DeployPlan } from './deploy-plan.ts'
import type { Permission } from './permissions.ts'

const signs: Record<DeployDifference['does'], [sign: string, style: Style]> = {
  add: ['+', 'good'],
  change: ['~', 'ask'],
  remove: ['-', 'bad'],
}

/** The plan of a deployment: account, changes, cost, permissions and the guard list. */
export function deployPlanLines(plan: DeployPlan, place: StagePlace, account: string, io: Io): string[] {
  const { stage, prefix, region } = place
  const width = io.width ?? 100
  return [
    `${io.paint('bold', stage)} · ${account}/${region} · ${modeWords(plan.modes)} (ceiling ${plan.ceiling})      plan ${plan.hash}`,
    ...differenceLines(plan, Boolean(place.stack), io),
    ...costLines(plan),
    '',
    ...permissionLines(plan.permissions, io),
    '',
    ...wrapPrinted(
      `Guard list (never contained): ${prefix}-*, resources tagged portcullis:protected, aws-service-role/*, aws-reserved/*, and ${plan.exceptions.length} exceptions:`,
      width,
    ),
    ...plan.exceptions.flatMap(({ match, account: where, owner, expires }) =>
      wrapPrinted(
        `  ${sanitize(match, 80)}${where ? ` in ${where}` : ''}, until ${expires} (${sanitize(owner, 60)})`,
        width,
      ),
    ),
  ]
}

function differenceLines(
  { differences, resources }: DeployPlan,
  exists: boolean,
  { paint, width }: Io,
): string[] {
  const of = (does: DeployDifference['does']) => differences.filter((one) => one.does === does)
  const [added, changed, removed] = [of('add'), of('change'), of('remove')]
  const counts = `  + ${added.length}   ~ ${changed.length}   - ${removed.length}   of ${resources} resources`
  const kinds = Map.groupBy(exists ? [] : added, ({ type }) => type)
  const most = [...kinds].sort(([, a], [, b]) => b.length - a.length)
  const summary = most.map(([type, all]) => `${all.length} ${type.replace('AWS::', '')}`)
  const named = exists ? [...removed, ...changed, ...added] : [...removed, ...changed]
  const rows = named.map(({ does, id, type, what, stays }) => {
    const [sign, style] = signs[does]
    const note = stays ? 'retained in the account' : (what ?? '')
    return [{ text: `  ${sign}`, style }, { text: id }, { text: type, style: 'dim' as const }, { text: note }]
  })
  return [
    counts,
    ...(summary.length > 0
      ? wrapPrinted(summary.join(', '), (width ?? 100) - 4).map((line) => `    ${line}`)
      : []),
    ...tableLines(rows, { width, gives: 3, paint }),
  ]
}

function costLines({ cost: { standing, perMillion } }: DeployPlan): string[] {
  const all = Math.ceil(standing + perMillion)
  const parts = `${standing.toFixed(2)} for alarms and keys, ${perMillion.toFixed(2)} for events`
  return [
    `  about USD ${all} per month at 1 million events (${parts})`,
    '  not included: CloudTrail data events and GuardDuty',
  ]
}

function permissionLines(permissions: Permission[], { paint, width }: Io): string[] {
  const rows = (writes: boolean) =>
    permissions
      .filter((one) => one.writes === writes)
      .map(({ action, places, playbooks }) => [
        { text: `  ${action}` },
        { text: playbooks.join(', ') },
        { text: places.join(' '), style: 'dim' as const },
      ])
  const head = (...titles: string[]) => titles.map((text) => ({ text, style: 'bold' as const }))
  const all = [
    head('Permissions to write', 'needed by', 'on'),
    ...rows(true),
    head('Permissions to read', 'needed by', 'on'),
    ...rows(false),
  ]
  return [
    ...tableLines(all, { width, gives: 2, paint }),
    '  announce, sense and both decision functions reach only resources of the stack; see infrastructure/policies/',
  ]
}
