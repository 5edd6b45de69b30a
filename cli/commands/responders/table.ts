import { incidentStates } from '../../../responders/messages/view/incident-view.ts'
import type { CommandOption, CommandRow } from '../../shell/command.ts'
import { incidentArgument, reasonOption, yesOption } from '../shared.ts'

const containment: CommandOption = {
  flags: '--containment <id>',
  says: 'the containment, if the incident has several',
}
const consent: CommandOption = { flags: '--plan <hash>', says: 'the plan you consent to: 7 digits or more' }

/** The commands of responders: look at incidents, decide, pause. */
export const responderCommands: CommandRow[] = [
  {
    name: 'incidents list',
    group: 'See',
    isDefault: true,
    summary: 'list incidents: those that need a decision, then live, observed and ended ones',
    examples: [
      ['portcullis incidents', 'those that need a decision first'],
      ['portcullis incidents --all --stage prod', 'all ended incidents, too'],
      ["portcullis incidents --json | jq '.incidents[].id'", 'for a script'],
    ],
    options: [{ flags: '--all', says: 'all observed and ended incidents, not the newest ten of each' }],
    load: () => import('./incidents-list.ts'),
  },
  {
    name: 'incidents show',
    group: 'See',
    summary: 'show one incident: events, changes, decisions and messages in order of time',
    examples: [
      ['portcullis incidents show inc-7f3a', 'what happened, what changed, who decided'],
      ['portcullis incidents show c-b2c8', 'the incident of a containment'],
      ['portcullis incidents show 7f3a --json', 'the whole record'],
    ],
    arguments: [incidentArgument],
    load: () => import('./incidents-show.ts'),
  },
  {
    name: 'incidents export',
    group: 'See',
    summary: 'export a report of one incident as a single HTML file, ready to print',
    examples: [
      ['portcullis incidents export 7f3a -o report.html', 'for a browser or a printer'],
      ['portcullis incidents export 7f3a --json -o record.json', 'for a script'],
      ['portcullis incidents export 7f3a > report.html', 'the same, through the shell'],
    ],
    arguments: [incidentArgument],
    options: [
      { flags: '--html', says: 'HTML (the default)' },
      { flags: '-o, --output <file>', says: 'file to write (default: standard output)' },
    ],
    load: () => import('./incidents-export.ts'),
  },
  {
    name: 'report',
    group: 'See',
    summary: 'report what each playbook did in a stage, and which one to promote next',
    examples: [
      ['portcullis report', 'the last seven days'],
      ['portcullis report --since 30d --stage prod', 'another stage'],
      ['portcullis report --json | jq .playbooks', 'for a script'],
    ],
    options: [{ flags: '--since <duration>', says: 'how far back: 24h, 30d (default: 7d)' }],
    load: () => import('./report.ts'),
  },
  {
    name: 'approve',
    group: 'Decide',
    summary: 'approve a proposed containment: exactly the plan that is shown',
    examples: [
      ['portcullis approve inc-7f3a', 'shows the plan, then asks'],
      ['portcullis approve inc-7f3a --plan 3f9c1d2', 'only if the plan is still this one'],
      ['portcullis approve inc-7f3a --plan 3f9c1d2 --yes', 'without asking, for a script'],
    ],
    arguments: [incidentArgument],
    options: [consent, reasonOption, containment, yesOption],
    load: () => import('./approve.ts'),
  },
  {
    name: 'deny',
    group: 'Decide',
    summary: 'deny a proposed containment: nothing is changed',
    examples: [
      ['portcullis deny inc-7f3a --reason "nightly re-index"', 'shows the proposal, then asks'],
      ['portcullis deny c-b2c8 --reason "load test" --yes', 'one containment, without asking'],
      ['portcullis deny 7f3a --reason "known" --stage prod', 'in another stage'],
    ],
    arguments: [incidentArgument],
    options: [reasonOption, containment, yesOption],
    load: () => import('./deny.ts'),
  },
  {
    name: 'undo',
    group: 'Decide',
    summary: 'undo a containment: restore what it changed',
    examples: [
      ['portcullis undo inc-7d02 --reason "load test"', 'shows what is restored, then asks'],
      [
        'portcullis undo inc-7d02 --reason "kept" --force',
        'after drift: restore the rest, keep later changes',
      ],
      ['portcullis undo inc-7d02 --reason "deleted" --leave', 'restore nothing, close the containment'],
    ],
    arguments: [incidentArgument],
    options: [
      reasonOption,
      { flags: '--force', says: 'after drift: restore the rest; keep what others changed since' },
      { flags: '--leave', says: 'restore nothing: keep everything as it is and close the containment' },
      containment,
      yesOption,
    ],
    load: () => import('./undo.ts'),
  },
  {
    name: 'extend',
    group: 'Decide',
    summary: 'extend a containment: postpone its automatic release',
    examples: [
      ['portcullis extend inc-7d02 --for 4h', 'four hours longer'],
      ['portcullis extend inc-7d02 --for 1d --reason "forensics"', 'with a reason'],
      ['portcullis extend c-b2c8 --for 30m --yes', 'without asking'],
    ],
    arguments: [incidentArgument],
    options: [
      { flags: '--for <duration>', says: 'how much longer: 30m, 4h, 1d', required: true },
      reasonOption,
      containment,
      yesOption,
    ],
    load: () => import('./extend.ts'),
  },
  {
    name: 'retry',
    group: 'Decide',
    summary: 'retry a containment that failed or was only partly applied',
    examples: [
      ['portcullis retry inc-7e10', 'shows the missing changes, then asks'],
      ['portcullis retry inc-7e10 --reason "SCP fixed"', 'with a reason'],
      ['portcullis retry c-b2c8 --yes', 'one containment, without asking'],
    ],
    arguments: [incidentArgument],
    options: [consent, reasonOption, containment, yesOption],
    load: () => import('./retry.ts'),
  },
  {
    name: 'pause',
    group: 'Stop',
    summary: 'pause containment: rules only observe, approvals are not applied',
    examples: [
      ['portcullis pause --all --for 1h --reason "incident review"', 'every playbook'],
      ['portcullis pause throttle-stage --for 30m --reason "load test"', 'one playbook'],
      ['portcullis pause --all --for 1h --reason "drill" --yes', 'without asking'],
    ],
    arguments: [{ flags: '[playbook]', says: 'the playbook to pause', from: 'playbooks' }],
    options: [
      { flags: '--all', says: 'every playbook' },
      { flags: '--for <duration>', says: 'how long: 30m, 4h, 1d', required: true },
      reasonOption,
      yesOption,
    ],
    load: () => import('./pause.ts'),
  },
  {
    name: 'resume',
    group: 'Stop',
    summary: 'end a pause before its time is over',
    examples: [
      ['portcullis resume', 'everything that is paused'],
      ['portcullis resume throttle-stage', 'one playbook'],
      ['portcullis resume --yes --stage prod', 'without asking, in another stage'],
    ],
    arguments: [{ flags: '[playbook]', says: 'the playbook to resume (default: all)', from: 'playbooks' }],
    options: [reasonOption, yesOption],
    load: () => import('./resume.ts'),
  },
  {
    name: 'notify preview',
    group: 'Help',
    summary: 'preview a notification; nothing is sent',
    examples: [
      ['portcullis notify preview approval-needed --to slack', 'Slack blocks, as JSON'],
      ['portcullis notify preview contained --to mail', 'subject and text of the email'],
      ['portcullis notify preview partial --to text --hostile', 'with names chosen by an attacker'],
    ],
    arguments: [{ flags: '<state>', says: 'state of the incident', choices: incidentStates }],
    options: [
      {
        flags: '--to <channel>',
        says: 'the channel',
        choices: ['slack', 'mail', 'text'],
        required: true,
      },
      { flags: '--hostile', says: 'with names and session names as an attacker would choose them' },
    ],
    load: () => import('./notify-preview.ts'),
  },
]
