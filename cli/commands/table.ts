import { modes } from '../../engine/rule.ts'
import { incidentStates } from '../../responders/messages/view/incident-view.ts'
import type { CommandRow, CommandValue, Option } from '../shell/command.ts'

const incident: CommandValue = {
  flags: '<id>',
  says: 'the beginning of an id of an incident or containment, when no other begins so',
  from: 'incidents',
}
const yes: Option = { flags: '--yes', says: 'do not ask' }
const pick: Option = { flags: '--containment <id>', says: 'which one, where the incident has several' }
const reason: Option = { flags: '--reason <text>', says: 'why; people read it' }
const consent: Option = { flags: '--plan <hash>', says: 'the plan you consent to: 7 digits or more' }

const event: CommandValue = { flags: '<event>', says: 'a file with the event, or - for standard input' }
const rule: Option = { flags: '--rule <name>', says: 'only this one' }

/** What may stand before or after any command. Flags win over the environment. */
export const common: (Option & { env?: string; value?: string })[] = [
  { flags: '--stage <name>', says: 'which Portcullis', env: 'PORTCULLIS_STAGE', value: 'dev' },
  { flags: '--region <name>', says: 'where it is deployed', env: 'PORTCULLIS_REGION' },
  { flags: '--profile <name>', says: 'whose credentials', env: 'PORTCULLIS_PROFILE' },
  { flags: '--json', says: 'documents for a program' },
  { flags: '--no-color', says: 'no colours (as NO_COLOR=1)' },
]

/** What the first word of several commands stands for. */
export const families: Record<string, { summary: string; group: CommandRow['group'] }> = {
  incidents: { summary: 'what was seen and contained: list, show, export', group: 'See' },
  notify: { summary: 'what people are told: preview', group: 'Help' },
}

/** What everybody begins with. */
export const firstSteps: CommandRow['examples'] = [
  ['portcullis incidents', 'what needs you, what is live'],
  ['portcullis approve inc-7f3a', 'shows the plan, then asks'],
  ['portcullis undo inc-7f3a --reason "load test"', 'puts it back'],
]

/** Every command, in the order of the help. */
export const commands: CommandRow[] = [
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
    load: () => import('./responders/incidents-list.ts'),
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
    load: () => import('./responders/incidents-show.ts'),
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
    load: () => import('./responders/incidents-export.ts'),
  },
  {
    name: 'report',
    group: 'See',
    summary: 'what each playbook did in a stage, and whether it is ready for more',
    examples: [
      ['portcullis report', 'the last seven days'],
      ['portcullis report --since 30d --stage prod', 'of another stage'],
      ['portcullis report --json | jq .playbooks', 'for a program'],
    ],
    options: [{ flags: '--since <duration>', says: 'how far back: 24h, 7d (7d, if not given)' }],
    load: () => import('./responders/report.ts'),
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
    load: () => import('./responders/approve.ts'),
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
    load: () => import('./responders/deny.ts'),
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
    load: () => import('./responders/undo.ts'),
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
    load: () => import('./responders/extend.ts'),
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
    load: () => import('./responders/retry.ts'),
  },
  {
    name: 'baseline',
    group: 'Decide',
    summary: 'sign what is there now: it is restored when somebody weakens it',
    examples: [
      ['portcullis baseline guardrail --guardrail ab12cd34ef56', 'shows it, then asks'],
      ['portcullis baseline invocation-logging --stage prod', 'where calls of models are logged'],
      ['portcullis baseline enforced-guardrail --yes', 'what every caller gets, for a script'],
    ],
    arguments: [{ flags: '<kind>', says: 'guardrail, invocation-logging or enforced-guardrail' }],
    options: [{ flags: '--guardrail <id>', says: 'which guardrail' }, yes],
    load: () => import('./operators/baseline.ts'),
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
    load: () => import('./responders/pause.ts'),
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
    load: () => import('./responders/resume.ts'),
  },
  {
    name: 'explain',
    group: 'See',
    summary: 'which rules an event matches, and where the others stop',
    examples: [
      ['portcullis explain event.json', 'what follows, or why not'],
      ['portcullis explain event.json --rule api-flood', 'one rule'],
      ['portcullis explain - --json < record.json', 'every rule, for a program'],
    ],
    arguments: [event],
    options: [rule, { flags: '--all', says: 'rules about other kinds of events, too' }],
    load: () => import('./authors/explain.ts'),
  },
  {
    name: 'simulate',
    group: 'See',
    summary: 'the plan for an event: looks at the account, changes nothing',
    examples: [
      ['portcullis simulate event.json', 'what would change now'],
      ['portcullis simulate event.json --offline', 'targets and permissions only'],
      ['portcullis simulate event.json --profile prod', 'with other credentials'],
    ],
    arguments: [event],
    options: [rule, { flags: '--offline', says: 'ask AWS nothing' }],
    load: () => import('./authors/simulate.ts'),
  },
  {
    name: 'replay',
    group: 'See',
    summary: 'what would have been done about recorded events; changes nothing',
    examples: [
      ['portcullis replay trail/', 'every file below it'],
      ['portcullis replay events.jsonl --against main', 'compared with main'],
      ['portcullis replay --since 7d', "CloudTrail's event history"],
    ],
    arguments: [{ flags: '[path]', says: 'a file, a folder, or - for standard input' }],
    options: [
      { flags: '--since <duration>', says: 'instead: calls of this account in this Region, 90d at most' },
      rule,
      { flags: '--playbook <name>', says: 'only what calls this one', from: 'playbooks' },
      { flags: '--ceiling <mode>', says: 'of the stage (contain, if not given)', choices: modes },
      { flags: '--against <ref>', says: 'compare with the rules of a branch, tag or commit' },
    ],
    load: () => import('./authors/replay.ts'),
  },
  {
    name: 'match',
    group: 'See',
    summary: 'whether patterns match events as is expected; 3 when one does not',
    examples: [
      ['portcullis match --cases cases.jsonl', '{pattern, event, expect} a line'],
      ['portcullis match --cases cases.jsonl --json', 'a line a case, a summary'],
      ['portcullis match --cases - < cases.jsonl', 'from standard input'],
    ],
    options: [{ flags: '--cases <file>', says: 'expect is true, false or "error"', required: true }],
    load: () => import('./authors/match.ts'),
  },
  {
    name: 'sense',
    group: 'See',
    summary: 'the signals in records of guardrails and models, one record a line',
    examples: [
      ['portcullis sense invocations.jsonl', 'for people'],
      ['portcullis sense invocations.jsonl --json', 'an object for each line'],
      ['zcat log.gz | portcullis sense - --json', 'from standard input'],
    ],
    arguments: [{ flags: '<file>', says: 'a file, or - for standard input' }],
    load: () => import('./authors/sense.ts'),
  },
  {
    name: 'doctor',
    group: 'Operate',
    summary: 'whether rules can see, people can hear, and decisions arrive',
    examples: [
      ['portcullis doctor --stage prod', 'what is missing, why it matters, what to do'],
      ['portcullis doctor --fix data-events', 'shows the calls that mend it, then asks'],
      ['portcullis doctor --json | jq \'.checks[] | select(.state == "failed")\'', 'for a program'],
    ],
    options: [
      { flags: '--fix <check>', says: 'mend this one: the name is in its advice and in --json' },
      yes,
    ],
    load: () => import('./operators/doctor.ts'),
  },
  {
    name: 'deploy',
    group: 'Operate',
    summary: 'shows what a deploy changes, costs and permits, then asks, deploys and tries it',
    examples: [
      ['portcullis deploy --stage dev', 'shows the plan, then asks'],
      [
        'portcullis deploy --stage prod --plan --detailed-exitcode',
        'only the plan; 4 when there are changes',
      ],
      [
        'portcullis deploy --stage dev --ceiling approve --yes',
        'for a script, and this once with that ceiling',
      ],
    ],
    options: [
      { flags: '--plan', says: 'show what would change, and deploy nothing' },
      { flags: '--detailed-exitcode', says: 'with --plan: 4 when there are changes' },
      {
        flags: '--ceiling <mode>',
        says: 'for this deploy; what stays is in serverless.yml',
        choices: ['observe', 'approve', 'contain'],
      },
      { flags: '--email <address>', says: 'who is told by the topic, for this deploy' },
      yes,
    ],
    load: () => import('./operators/deploy.ts'),
  },
  {
    name: 'trigger',
    group: 'Operate',
    summary: 'plays a recorded attack on a stage, marked as a test',
    examples: [
      ['portcullis trigger --list', 'every attack, and what it is about'],
      ['portcullis trigger llmjacking --set roleName=rehearsal', 'on that role, after asking'],
      ['portcullis trigger leaked-key --set userName=rehearsal --wait', '0 only when it is contained'],
    ],
    arguments: [{ flags: '[scenario]', says: 'which attack' }],
    options: [
      { flags: '--list', says: 'the attacks' },
      { flags: '--set <name=value...>', says: 'what it is about: roleName, userName, instanceId …' },
      { flags: '--wait', says: 'until all of it is contained, or proposed where people decide' },
      yes,
    ],
    load: () => import('./authors/trigger.ts'),
  },
  {
    name: 'promote',
    group: 'Operate',
    summary: 'lets a stage or a rule do more by itself: one line to review, nothing is deployed',
    examples: [
      ['portcullis promote stage --stage prod --to approve', 'the ceiling, in serverless.yml'],
      ['portcullis promote api-flood --to contain', "the rule's mode, in its file"],
      ['portcullis promote throttle-stage --to approve', 'the rule that calls this playbook'],
    ],
    arguments: [{ flags: '<what>', says: '"stage", or a rule, or a playbook that one rule calls' }],
    options: [
      {
        flags: '--to <mode>',
        says: 'the most it may do by itself',
        choices: ['observe', 'approve', 'contain'],
        required: true,
      },
    ],
    load: () => import('./operators/promote.ts'),
  },
  {
    name: 'destroy',
    group: 'Operate',
    summary: 'removes a stage; refuses while something is contained',
    examples: [
      ['portcullis destroy --stage dev', 'lists what is live, then asks for the name of the stage'],
      ['portcullis destroy --stage dev --yes', 'for a script'],
      ['portcullis destroy --stage dev --keep', 'what is contained stays so, and nothing ends it'],
    ],
    options: [{ flags: '--keep', says: 'leave containments as they are: no clock will end them' }, yes],
    load: () => import('./operators/destroy.ts'),
  },
  {
    name: 'new',
    group: 'Write',
    summary: 'a rule or a playbook with its tests, green before the first edit',
    examples: [
      ['portcullis new rule model-import --playbook deny-inference', 'answers a finding of GuardDuty'],
      ['portcullis new rule jobs --event "AWS API Call via CloudTrail"', 'answers a call'],
      ['portcullis new playbook keep-instance --target instanceId', 'contains an instance'],
    ],
    arguments: [
      { flags: '<kind>', says: 'what', choices: ['rule', 'playbook'] },
      { flags: '<name>', says: 'small letters, and hyphens between words' },
    ],
    options: [
      { flags: '--playbook <name>', says: 'what the rule calls (notify, if not given)', from: 'playbooks' },
      { flags: '--event <detail-type>', says: 'what the rule answers ("GuardDuty Finding", if not given)' },
      {
        flags: '--target <identifiers>',
        says: 'what names the target of the playbook: instanceId (the default), or apiName,stageName',
      },
      {
        flags: '--room <folder>',
        says: 'the folder in rules/ or playbooks/ (that of similar ones, if not given)',
      },
      { flags: '--force', says: 'overwrite files that exist' },
    ],
    load: () => import('./authors/new.ts'),
  },
  {
    name: 'validate',
    group: 'Write',
    summary: 'whether rules, playbooks, exceptions and stages are sound; reads files only',
    examples: [
      ['portcullis validate', 'all of it'],
      ['portcullis validate --json | jq .findings', 'for a program'],
      ['portcullis validate && npx serverless deploy', 'before a deploy'],
    ],
    load: () => import('./authors/validate.ts'),
  },
  {
    name: 'test',
    group: 'Write',
    summary: 'tries rules and playbooks: their events, plans and laws; no AWS account',
    examples: [
      ['portcullis test', 'all of them, in seconds'],
      ['portcullis test deny-inference', 'one, each check on a line'],
      ['portcullis test deny-inference --laws', 'on an AWS of its own on this machine, in minutes'],
    ],
    arguments: [{ flags: '[name]', says: 'a rule or a playbook; all without it' }],
    options: [{ flags: '--laws', says: 'the laws too, on emulators: vitest run test/laws' }],
    load: () => import('./authors/test.ts'),
  },
  {
    name: 'dev',
    group: 'Write',
    summary: 'the live loop: events in, containments out, every save live; no AWS account',
    examples: [
      ['portcullis dev', 'then press t, and choose an attack'],
      ['portcullis dev event.json', 'begins with this event'],
      [
        `echo '{"do":"trigger","name":"llmjacking"}' | portcullis dev --json`,
        'for an editor: JSON in, JSON out',
      ],
    ],
    arguments: [{ flags: '[event...]', says: 'files with events to begin with' }],
    options: [
      {
        flags: '--ceiling <mode>',
        says: 'the most it does by itself (contain, if not given)',
        choices: modes,
      },
      { flags: '--longest <duration>', says: 'no containment lasts longer: 30s, 4h (10m, if not given)' },
    ],
    load: () => import('./authors/dev.ts'),
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
    arguments: [{ flags: '<state>', says: 'what has become of the incident', choices: incidentStates }],
    options: [
      { flags: '--to <channel>', says: 'for whom', choices: ['slack', 'mail', 'text'], required: true },
      { flags: '--hostile', says: 'names and sessions as an attacker would choose them' },
    ],
    load: () => import('./responders/notify-preview.ts'),
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
    load: () => import('./authors/docs.ts'),
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
    load: () => import('./operators/completion.ts'),
  },
]
