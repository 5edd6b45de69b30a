import { states } from '../messages/view.ts'
import type { Option, Row, Value } from './command.ts'

const incident: Value = {
  flags: '<id>',
  says: 'the beginning of an id of an incident or containment, when no other begins so',
  from: 'incidents',
}
const yes: Option = { flags: '--yes', says: 'do not ask' }
const pick: Option = { flags: '--containment <id>', says: 'which one, where the incident has several' }
const reason: Option = { flags: '--reason <text>', says: 'why; people read it' }
const consent: Option = { flags: '--plan <hash>', says: 'the plan you consent to: 7 digits or more' }

/** What may stand before or after any command. Flags win over the environment. */
export const common: (Option & { env?: string; value?: string })[] = [
  { flags: '--stage <name>', says: 'which Portcullis', env: 'PORTCULLIS_STAGE', value: 'dev' },
  { flags: '--region <name>', says: 'where it is deployed', env: 'PORTCULLIS_REGION' },
  { flags: '--profile <name>', says: 'whose credentials', env: 'PORTCULLIS_PROFILE' },
  { flags: '--json', says: 'documents for a program' },
  { flags: '--no-color', says: 'no colours (as NO_COLOR=1)' },
]

/** What the first word of several commands stands for. */
export const families: Record<string, { summary: string; group: Row['group'] }> = {
  incidents: { summary: 'what was seen and contained: list, show, export', group: 'See' },
  notify: { summary: 'what people are told: preview', group: 'Help' },
}

/** What everybody begins with. */
export const firstSteps: Row['examples'] = [
  ['portcullis incidents', 'what needs you, what is live'],
  ['portcullis approve inc-7f3a', 'shows the plan, then asks'],
  ['portcullis undo inc-7f3a --reason "load test"', 'puts it back'],
]

/** Every command, in the order of the help. */
export const commands: Row[] = [
  {
    name: 'incidents list',
    group: 'See',
    isDefault: true,
    summary: 'what needs you, what is live, what has ended',
    examples: [
      ['portcullis incidents', 'what needs you first'],
      ['portcullis incidents --all --stage prod', 'everything that has ended, too'],
      ["portcullis incidents --json | jq '.incidents[].id'", 'for a program'],
    ],
    options: [{ flags: '--all', says: 'everything that has ended, not the newest ten' }],
    load: () => import('./commands/incidents-list.ts'),
  },
  {
    name: 'incidents show',
    group: 'See',
    summary: 'all that is known and was done, in the order of time',
    examples: [
      ['portcullis incidents show inc-7f3a', 'what happened, what changed, who decided'],
      ['portcullis incidents show c-b2c8', 'the incident of a containment'],
      ['portcullis incidents show 7f3a --json', 'the whole record'],
    ],
    arguments: [incident],
    load: () => import('./commands/incidents-show.ts'),
  },
  {
    name: 'incidents export',
    group: 'See',
    summary: 'a report in one file: no network, no script, prints on paper',
    examples: [
      ['portcullis incidents export 7f3a -o report.html', 'for a browser and for paper'],
      ['portcullis incidents export 7f3a --json -o record.json', 'for a program'],
      ['portcullis incidents export 7f3a > report.html', 'the same, through the shell'],
    ],
    arguments: [incident],
    options: [
      { flags: '--html', says: 'a page (this is what it does by itself)' },
      { flags: '-o, --output <file>', says: 'where to; otherwise to standard output' },
    ],
    load: () => import('./commands/incidents-export.ts'),
  },
  {
    name: 'approve',
    group: 'Decide',
    summary: 'consent to a proposed containment, to exactly the plan that is shown',
    examples: [
      ['portcullis approve inc-7f3a', 'shows the plan, then asks'],
      ['portcullis approve inc-7f3a --plan 3f9c1d2', 'only if that is still the plan'],
      ['portcullis approve inc-7f3a --plan 3f9c1d2 --yes', 'without asking, for a script'],
    ],
    arguments: [incident],
    options: [consent, reason, pick, yes],
    load: () => import('./commands/approve.ts'),
  },
  {
    name: 'deny',
    group: 'Decide',
    summary: 'refuse a proposed containment: nothing is changed',
    examples: [
      ['portcullis deny inc-7f3a --reason "nightly re-index"', 'shows what was proposed, then asks'],
      ['portcullis deny c-b2c8 --reason "load test" --yes', 'one containment, without asking'],
      ['portcullis deny 7f3a --reason "known" --stage prod', 'in another stage'],
    ],
    arguments: [incident],
    options: [reason, pick, yes],
    load: () => import('./commands/deny.ts'),
  },
  {
    name: 'undo',
    group: 'Decide',
    summary: 'put back what a containment changed',
    examples: [
      ['portcullis undo inc-7d02 --reason "load test"', 'shows what is put back, then asks'],
      ['portcullis undo inc-7d02 --reason "kept" --force', 'the rest, where others changed some of it since'],
      ['portcullis undo inc-7d02 --reason "gone" --leave', 'change nothing more, and close it'],
    ],
    arguments: [incident],
    options: [
      reason,
      { flags: '--force', says: 'put back the rest; what others changed since stays as they made it' },
      { flags: '--leave', says: 'change nothing more; everything stays as it is now' },
      pick,
      yes,
    ],
    load: () => import('./commands/undo.ts'),
  },
  {
    name: 'extend',
    group: 'Decide',
    summary: 'let a containment last longer',
    examples: [
      ['portcullis extend inc-7d02 --for 4h', 'four hours more'],
      ['portcullis extend inc-7d02 --for 1d --reason "forensics"', 'and why'],
      ['portcullis extend c-b2c8 --for 30m --yes', 'without asking'],
    ],
    arguments: [incident],
    options: [
      { flags: '--for <duration>', says: 'how much longer: 30m, 4h, 1d', required: true },
      reason,
      pick,
      yes,
    ],
    load: () => import('./commands/extend.ts'),
  },
  {
    name: 'retry',
    group: 'Decide',
    summary: 'try what failed once more',
    examples: [
      ['portcullis retry inc-7e10', 'shows what is missing, then asks'],
      ['portcullis retry inc-7e10 --reason "SCP fixed"', 'and why'],
      ['portcullis retry c-b2c8 --yes', 'one containment, without asking'],
    ],
    arguments: [incident],
    options: [consent, reason, pick, yes],
    load: () => import('./commands/retry.ts'),
  },
  {
    name: 'pause',
    group: 'Stop',
    summary: 'hold the machine back: rules only observe, consent is not carried out',
    examples: [
      ['portcullis pause --all --for 1h --reason "incident review"', 'everything'],
      ['portcullis pause throttle-stage --for 30m --reason "load test"', 'one playbook'],
      ['portcullis pause --all --for 1h --reason "drill" --yes', 'without asking'],
    ],
    arguments: [{ flags: '[playbook]', says: 'which one', from: 'playbooks' }],
    options: [
      { flags: '--all', says: 'every playbook' },
      { flags: '--for <duration>', says: 'how long: 30m, 4h, 1d', required: true },
      reason,
      yes,
    ],
    load: () => import('./commands/pause.ts'),
  },
  {
    name: 'resume',
    group: 'Stop',
    summary: 'end a pause',
    examples: [
      ['portcullis resume', 'everything that is paused'],
      ['portcullis resume throttle-stage', 'one playbook'],
      ['portcullis resume --yes --stage prod', 'without asking, in another stage'],
    ],
    arguments: [{ flags: '[playbook]', says: 'which one; without it everything', from: 'playbooks' }],
    options: [reason, yes],
    load: () => import('./commands/resume.ts'),
  },
  {
    name: 'notify preview',
    group: 'Help',
    summary: 'a message as people will see it; nothing is sent',
    examples: [
      ['portcullis notify preview approval-needed --to slack', 'the blocks of Slack, as JSON'],
      ['portcullis notify preview contained --to mail', 'subject and text of the mail'],
      ['portcullis notify preview partial --to text --hostile', 'with an attacker who chose the names'],
    ],
    arguments: [{ flags: '<state>', says: 'what has become of the incident', choices: states }],
    options: [
      { flags: '--to <channel>', says: 'for whom', choices: ['slack', 'mail', 'text'], required: true },
      { flags: '--hostile', says: 'names and sessions as an attacker would choose them' },
    ],
    load: () => import('./commands/notify-preview.ts'),
  },
  {
    name: 'docs',
    group: 'Help',
    summary: 'what an error code means, and what to do',
    examples: [
      ['portcullis docs plan-changed', 'one code'],
      ['portcullis docs', 'all of them, with the exit codes'],
      ['portcullis docs --json', 'for a program'],
    ],
    arguments: [{ flags: '[code]', says: 'as an error shows it', from: 'codes' }],
    load: () => import('./commands/docs.ts'),
  },
  {
    name: 'completion',
    group: 'Help',
    summary: 'what makes Tab complete commands, options, playbooks and incidents',
    examples: [
      ['portcullis completion bash >> ~/.bashrc', 'bash'],
      ['portcullis completion zsh > ~/.zfunc/_portcullis', 'zsh, with ~/.zfunc in fpath'],
      ['portcullis completion fish > ~/.config/fish/completions/portcullis.fish', 'fish'],
    ],
    arguments: [{ flags: '<shell>', says: 'for which shell', choices: ['bash', 'zsh', 'fish'] }],
    load: () => import('./commands/completion.ts'),
  },
]
