import type { Status } from '../../../engine/journal/record.ts'
import type { Change } from '../../../engine/state.ts'
import type { Paint, Style } from '../../../lib/text/paint.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { statusStyles } from '../../../local/story/words.ts'
import { changeLine, planLines, targetNameOf } from '../../../responders/messages/format/plan-lines.ts'
import type { Planned } from '../versions/protocol.ts'
import type { DevMoment } from './moment.ts'
import type { PlanDifference } from './plan-difference.ts'

const margin = ' '.repeat(17)
const maxDifferences = 12
const maxChanges = 100

/** The lines for a moment on a terminal; `hints` adds the keys to press. Text from outside is sanitized. */
export function momentLines(moment: DevMoment, at: Date, paint: Paint, hints: boolean): string[] {
  const time = paint('dim', at.toISOString().slice(11, 23))
  const line = (sign: string, label: string, style: Style, text: string, key = '') =>
    `${time} ${sign} ${paint(style, label.padEnd(9))} ${text}${key && hints ? `   ${paint('dim', `[${key}]`)}` : ''}`
  const below = (lines: string[]) => lines.map((one) => `${margin}${paint(styleOf(one), one)}`)

  switch (moment.type) {
    case 'ready': {
      const { ms, triggers, slack, mail } = moment
      return [
        `ready in ${(ms / 1000).toFixed(1)} s   ${triggers} events to try   Slack ${slack}   mail ${mail}`,
      ]
    }
    case 'event':
      return [
        line(
          '-->',
          'event',
          'bold',
          `${sanitize(moment.event.source)} ${sanitize(moment.what, 80)}   ${shortId(moment.event.id)}`,
        ),
      ]
    case 'matched': {
      const { rules, of } = moment
      const text = rules.length > 0 ? rules.map(({ name }) => name).join(', ') : 'no rule'
      return [line('   ', 'match', 'plain', `${text}   ${rules.length} of ${of}`, 'w why not')]
    }
    case 'plan':
      return moment.plans.map((one) => line('   ', 'plan', 'plain', planHead(one), one.plan && 'p show plan'))
    case 'shown':
      return moment.plans.flatMap((one) => [
        line('   ', 'plan', 'plain', planHead(one)),
        ...below([
          ...planLines(one.plan?.changes ?? [], one.plan?.undo, maxChanges),
          ...(one.plan?.caveats ?? []).map((caveat) => `! ${sanitize(caveat)}`),
        ]),
      ])
    case 'moved': {
      const { to, playbook, target, ms, why, plan, due } = moment
      const took = ms === undefined ? '' : ` in ${ms} ms`
      const held =
        to === 'contained'
          ? `; ${counts(plan.changes)}, read back; ${plan.undo ? `ends ${due.slice(11, 19)}Z` : 'kept'}`
          : ''
      const reason = why ? `: ${sanitize(why)}` : ''
      return [
        line(
          '   ',
          to,
          statusStyles[to],
          `${playbook} on ${targetNameOf(target)}${took}${held}${reason}`,
          keys[to],
        ),
      ]
    }
    case 'notice': {
      const { kind, playbook, says } = moment.notice
      return [line('   ', kind, 'ask', `${playbook}: ${sanitize(says)}`)]
    }
    case 'unchanged':
      return [
        line(
          '   ',
          moment.status,
          'dim',
          `${moment.playbook}${moment.why ? `: ${sanitize(moment.why)}` : ''}`,
        ),
      ]
    case 'message': {
      const { channel, to, how, says, url, count = 1 } = moment
      const mark = how === 'new' ? '' : count > 1 ? `(${count} replies) ` : `(${how}) `
      const said = sanitize(says.split('\n')[0] ?? '', 80)
      return [line('<--', channel, 'plain', `${sanitize(to, 60)} ${mark}${said}   ${url}`)]
    }
    case 'decided':
      return [line('   ', 'person', 'ask', `${moment.who}: ${moment.verb} ${moment.containment}`)]
    case 'state':
      return [
        line('   ', 'state', 'plain', `${counts(moment.changes)} since the start`),
        ...below(planLines(moment.changes, true, maxChanges)),
      ]
    case 'why': {
      const near = moment.missed.filter((one) => one.near)
      const rest = moment.missed.length - near.length
      return [
        line('   ', 'why not', 'plain', `${rest} rules are for other types of events`),
        ...below(near.map(({ rule, sentence }) => `${rule}: ${sentence}`)),
      ]
    }
    case 'reloaded': {
      const { files, ms, replayed, difference } = moment
      const [only, ...others] = replayed
      const what = others.length > 0 ? `${replayed.length} events` : shortId(only ?? '')
      const plan = only
        ? `, replayed ${what}: ${difference.length > 0 ? 'the plan has changed' : 'no difference'}`
        : ''
      return [
        line(
          ' ~ ',
          'saved',
          'good',
          `${files.map((file) => sanitize(file, 80)).join(', ')}: reloaded in ${ms} ms${plan}`,
        ),
        ...below(difference.slice(0, maxDifferences).map(differenceLine)),
        ...below(
          difference.length > maxDifferences ? [`… and ${difference.length - maxDifferences} more`] : [],
        ),
      ]
    }
    case 'broken': {
      const { where, why } = moment.broken
      return [
        line(
          ' ✗ ',
          'broken',
          'bad',
          `${sanitize(where)}  ${sanitize(why)}; the last good version stays live`,
        ),
      ]
    }
    case 'types': {
      const [first, ...others] = moment.errors
      if (!first) return []
      const more = others.length > 0 ? ` (and ${others.length} more)` : ''
      return [
        line(
          ' ✗ ',
          'types',
          'bad',
          `${sanitize(first.where)}  ${sanitize(first.why)}${more}; the last good version is live again`,
        ),
      ]
    }
    case 'said':
      return [line('   ', 'print', 'dim', sanitize(moment.line, 500))]
    case 'triggers':
      return ['Events to try:', ...moment.names.map((name) => `  ${name}`)]
    case 'refused':
      return [line('   ', 'no', 'ask', sanitize(moment.why, 500))]
    case 'open':
      return [`Slack ${moment.slack}`, `mail  ${moment.mail}`, `AWS   AWS_ENDPOINT_URL=${moment.endpoint}`]
    case 'stopped':
      return ['Stopped. All local processes have ended.']
  }
}

const keys: Partial<Record<Status, string>> = {
  proposed: 'a approve',
  contained: 'd state diff · u undo',
  drifted: 'u undo the rest',
}

const would: Record<Planned['decision'], string> = {
  contain: 'will contain',
  propose: 'will ask for approval',
  observe: 'will only notify',
  guarded: 'skipped by a guard',
  none: 'no action',
}

function planHead({ playbook, target, decision, why, plan }: Planned): string {
  const about = `${playbook}${target ? ` on ${targetNameOf(target)}` : ''}`
  const what = plan ? `${plan.hash.slice(0, 7)}  ${counts(plan.changes)}  ` : ''
  return `${what}${about}   ${would[decision]}${why ? `: ${sanitize(why)}` : ''}`
}

const differenceLine = ({ sign, of, before, now }: PlanDifference): string =>
  `${sign} ${of}: ${[before, now].filter(Boolean).join('  became  ')}`

/** `+1 ~2`: the number of added, changed and removed values. */
function counts(changes: Change[]): string {
  const found = Map.groupBy(changes, (change) => changeLine(change).charAt(0))
  const parts = ['+', '~', '-'].flatMap((sign) => (found.has(sign) ? sign + found.get(sign)?.length : []))
  return parts.join(' ') || 'no change'
}

const signs: Record<string, Style> = { '+': 'good', '-': 'bad', '~': 'ask', '!': 'ask' }
const styleOf = (line: string): Style => signs[line.charAt(0)] ?? 'plain'

const shortId = (id: string): string => `evt-${sanitize(id, 120).slice(0, 8)}`
