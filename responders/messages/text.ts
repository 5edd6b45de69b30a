import type { Containment, Notice } from '../../engine/journal/record.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { noticeWords } from './copy.ts'
import { planLines, targetNameOf } from './plan.ts'

/** A message in plain text: what SNS sends, and what every other form falls back to. */
export interface Text {
  /** At most 99 printable ASCII characters (SNS, Publish). */
  subject: string
  body: string
}

const headings = {
  observed: 'Observed, nothing changed',
  proposed: 'Approval needed, nothing changed yet',
  containing: 'Containing',
  contained: 'Contained',
  failed: 'FAILED',
  drifted: 'Changed by others since, a person must decide',
  released: 'Released',
  closed: 'Closed',
} satisfies Record<Containment['status'], string>

/** What people are told when a containment has come to a new status. */
export function containmentText(record: Containment): Text {
  const { status, target, plan, failure } = record
  const last = record.history.at(-1)
  const lines = [
    `${headings[status]}: ${titleOf(record)}`,
    '',
    sanitize(record.because),
    `What     ${record.playbook} on ${targetNameOf(target)} (rule ${record.rule}, severity ${record.severity})`,
    `Where    ${target.account} ${target.region}`,
    `Incident ${record.incident}   containment ${record.id}   plan ${plan.hash.slice(0, 7)}`,
    ...(last?.why ? [`Why      ${sanitize(last.why)}`] : []),
    '',
    ...(failure ? failureLines(record) : [verbOf(status), ...planLines(plan.changes, plan.undo).map(indent)]),
    ...(record.strays ?? []).map(({ path }) => indent(`changed by somebody else: ${sanitize(path, 120)}`)),
    ...plan.caveats.map((caveat) => `! ${sanitize(caveat)}`),
    '',
    ...(status === 'contained' ? [`It ends by itself at ${record.due}.`] : []),
    ...(status === 'proposed' ? consentLines(record) : []),
    `${sanitize(last?.by.who ?? 'portcullis', 80)} (${sanitize(last?.by.how ?? 'rule', 80)}) at ${last?.at ?? record.opened}`,
  ]
  return {
    subject: subjectOf(`${headings[status]}: ${titleOf(record)} (${record.incident})`),
    body: lines.join('\n'),
  }
}

/** What people are told of an event that nobody could read, a guard that held, or trouble. */
export function noticeText({ kind, playbook, rule, says, at }: Notice): Text {
  const headline = noticeWords[kind]
  return {
    subject: subjectOf(`${headline}: ${rule}`),
    body: [`${headline}: ${sanitize(rule, 120)} (${playbook})`, '', sanitize(says, 1000), '', at].join('\n'),
  }
}

const titleOf = ({ playbook, target }: Containment) =>
  `${playbook} on ${targetNameOf(target)} in ${target.account}`

const verbOf = (status: Containment['status']) =>
  ({
    observed: 'It would change',
    proposed: 'Approval will change',
    released: 'Was changed, and is put back',
  })[status as string] ?? 'Changes'

const failureLines = ({ failure, plan }: Containment): string[] => [
  `Failed while ${failure?.during === 'release' ? 'releasing' : 'containing'}: ${sanitize(failure?.error ?? '')}`,
  ...planLines(failure?.done ?? [], plan.undo).map((line) => `done     ${line}`),
  ...planLines(failure?.missing ?? [], plan.undo).map((line) => `not done ${line}`),
]

/** The command that consents to exactly this plan; `<you>` is to be filled in. */
const consentLines = ({ id, playbook, target, plan }: Containment): string[] => [
  `To approve it, send this to the function of ${playbook} (see the README); to deny it, the same with "do":"release":`,
  JSON.stringify({
    do: 'contain',
    containment: id,
    plan: plan.hash,
    target,
    by: { who: '<you>', how: 'cli' },
  }),
]

const indent = (line: string) => `  ${line}`

const subjectOf = (text: string) =>
  sanitize(text)
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 99)
