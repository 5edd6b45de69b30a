import { relative } from 'node:path'
import type { Containment } from '../../engine/journal/record.ts'
import type { Style } from '../../lib/text/paint.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { planLines } from '../../responders/messages/format/plan-lines.ts'
import type { StoryMoment } from './moment.ts'
import { clock, nameOfRecord } from './names.ts'

/** One moment as text: a label, a sentence, and lines below it. */
export interface StoryRow {
  label: string
  style: Style
  text: string
  /** An identifier after the sentence. */
  aside?: string
  /** ISO time; now by default. */
  at?: string
  more?: More[]
}

export interface More {
  style: Style
  text: string
  /** Shown in its own column where there is room. */
  value?: string
  /** The prefix of its second and later lines. */
  hang?: string
}

type Worded = Exclude<StoryMoment, { type: 'setup' | 'chapter' | 'attack' | 'summary' }>

/** The text that people read for a moment. Every value that may come from an event is sanitized. Pure. */
export function wordsOf(moment: Worded): StoryRow {
  switch (moment.type) {
    case 'event': {
      const rules = moment.rules.length > 0 ? `rule ${moment.rules.join(', ')}` : 'no rule'
      const text = `${moment.source} ${sanitize(moment.what, 80)} → ${rules}`
      return { label: 'event', style: 'plain', text, more: moment.because.map(dim) }
    }
    case 'planned': {
      const { incident, plan } = moment.record
      const more = planLines(plan.changes, plan.undo).map(change)
      const aside = `${incident}, plan ${plan.hash.slice(0, 7)}`
      return { label: 'plan', style: 'plain', text: nameOfRecord(moment.record), aside, more }
    }
    case 'moved':
      return { label: moment.to, style: statusStyles[moment.to], at: moment.at, ...moved(moment) }
    case 'decided':
      return { label: 'person', style: 'ask', text: `${moment.who} ${sanitize(moment.says)}` }
    case 'notice': {
      const { kind, playbook, says, at } = moment.notice
      return {
        label: kind,
        style: kind === 'trouble' ? 'bad' : 'ask',
        text: `${playbook}: ${sanitize(says, 400)}`,
        at,
      }
    }
    case 'unchanged':
      return { label: 'nothing', style: 'good', text: moment.says }
    case 'waiting': {
      const text = `${moment.ended} of ${moment.of} have been released; the next is due at ${clock(moment.due)}`
      return { label: 'waiting', style: 'dim', text }
    }
    case 'claim':
      if (moment.holds) return { label: 'verified', style: 'good', text: moment.says }
      return {
        label: 'FAILED',
        style: 'bad',
        text: moment.says,
        more: moment.found.map((text) => bad(sanitize(text))),
      }
    case 'told': {
      const { slack, mails, page } = moment
      const text = `${slack} messages in Slack and ${mails} mails, saved in ${relative('', page)}`
      return { label: 'messages', style: 'plain', text }
    }
    case 'message': {
      const text = `${moment.count} messages on the topic ${moment.topic.split(':').at(-1)}, such as this one:`
      return { label: 'notified', style: 'good', text, more: moment.text.split('\n').map(quoted) }
    }
  }
}

/** The style in which each status is printed. */
export const statusStyles: Record<Containment['status'], Style> = {
  observed: 'plain',
  proposed: 'ask',
  containing: 'plain',
  contained: 'good',
  failed: 'bad',
  drifted: 'bad',
  released: 'good',
  closed: 'plain',
}

const signs: Record<string, Style> = { '+': 'good', '-': 'bad', '~': 'ask', '!': 'ask' }

function moved({ record, to, ms, proof, why }: Extract<StoryMoment, { type: 'moved' }>): {
  text: string
  more: More[]
} {
  const took = ms === undefined ? '' : ` in ${ms.toLocaleString('en')} ms`
  const ends =
    to !== 'contained'
      ? ''
      : record.plan.undo
        ? `, verified; expires ${clock(record.due)}`
        : ', verified; kept'
  const gone = to === 'released' && proof?.holds ? ': fully reverted' : ''
  const text = `${nameOfRecord(record)}${took}${ends}${gone}${why ? `: ${sanitize(why)}` : ''}`
  if (!proof || gone) return { text, more: [] }
  if (proof.holds) return { text, more: [dim(`✓ ${proof.says.join('; ')}`)] }
  const found = to === 'released' ? 'still in effect' : 'not in effect'
  return { text, more: [bad(`✗ the account contradicts this, ${found}: ${proof.says.join('; ')}`)] }
}

/** A line of a plan in two columns: the path, and its values before and after. */
function change(line: string): More {
  const [text = '', ...values] = line.split(gap)
  return {
    style: signs[line[0] ?? ''] ?? 'plain',
    text,
    ...(values.length > 0 && { value: values.join(gap) }),
  }
}

const gap = '   '
const dim = (text: string): More => ({ style: 'dim', text })
const bad = (text: string): More => ({ style: 'bad', text })
const quoted = (text: string): More => ({ style: 'dim', text: `│ ${sanitize(text)}`, hang: '│   ' })
