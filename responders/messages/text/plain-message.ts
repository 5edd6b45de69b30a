import type { Containment, Notice } from '../../../engine/journal/record.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { noticeWords } from '../copy.ts'
import { planLines, targetNameOf } from '../format/plan-lines.ts'

/** A message in plain text: what SNS sends, and what every other channel falls back to. */
export interface PlainMessage {
  /** At most 99 printable ASCII characters. Source: SNS, Publish. */
  subject: string
  body: string
}

const headings = {
  observed: 'Observed, nothing changed',
  proposed: 'Approval needed, nothing changed yet',
  containing: 'Containing',
  contained: 'Contained',
  failed: 'FAILED',
  drifted: 'Changed by others, decision needed',
  released: 'Released',
  closed: 'Closed',
} satisfies Record<Containment['status'], string>

const planHeadings: Partial<Record<Containment['status'], string>> = {
  observed: 'Would change',
  proposed: 'Approval will change',
  released: 'Was changed, and is restored',
}

/** The message for a containment that has reached a new status. `stage` is the name that the CLI takes. */
export function containmentText(record: Containment, stage: string): PlainMessage {
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
    ...(failure
      ? failureLines(record)
      : [planHeadings[status] ?? 'Changes', ...planLines(plan.changes, plan.undo).map(indent)]),
    ...(record.strays ?? []).map(({ path }) => indent(`changed by others: ${sanitize(path, 120)}`)),
    ...plan.caveats.map((caveat) => `! ${sanitize(caveat)}`),
    '',
    ...(status === 'contained' ? [`It ends automatically at ${record.due}.`] : []),
    ...(status === 'proposed' ? decisionLines(record, stage) : []),
    `${sanitize(last?.by.who ?? 'portcullis', 80)} (${sanitize(last?.by.how ?? 'rule', 80)}) at ${last?.at ?? record.opened}`,
  ]
  return {
    subject: subjectOf(`${headings[status]}: ${titleOf(record)} (${record.incident})`),
    body: lines.join('\n'),
  }
}

/** The message for a notice: an unreadable event, a skipped event, a processing error, a pause. */
export function noticeText({ kind, playbook, rule, says, at }: Notice): PlainMessage {
  const headline = noticeWords[kind]
  return {
    subject: subjectOf(`${headline}: ${rule}`),
    body: [`${headline}: ${sanitize(rule, 120)} (${playbook})`, '', sanitize(says, 1000), '', at].join('\n'),
  }
}

const titleOf = ({ playbook, target }: Containment) =>
  `${playbook} on ${targetNameOf(target)} in ${target.account}`

const failureLines = ({ failure, plan }: Containment): string[] => [
  `Failed while ${failure?.during === 'release' ? 'releasing' : 'containing'}: ${sanitize(failure?.error ?? '')}`,
  ...planLines(failure?.done ?? [], plan.undo).map((line) => `done     ${line}`),
  ...planLines(failure?.missing ?? [], plan.undo).map((line) => `not done ${line}`),
]

/** SNS proves no identity, so a decision is made in the CLI, which proves it with AWS credentials. */
const decisionLines = ({ incident, id, plan, ask }: Containment, stage: string): string[] => [
  `Decide${ask ? ` by ${ask.decideBy}` : ''} in the CLI, with your AWS credentials:`,
  indent(`npx portcullis approve ${incident} --plan ${plan.hash.slice(0, 7)} --stage ${stage}`),
  indent(`npx portcullis deny ${incident} --containment ${id} --reason "..." --stage ${stage}`),
  '',
]

const indent = (line: string) => `  ${line}`

const subjectOf = (text: string) =>
  sanitize(text)
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 99)
