import type { CommandRow } from '../../shell/command.ts'
import { yesOption } from '../shared.ts'

/** The commands of operators: deploy a stage, check it, rehearse on it, promote it, remove it. */
export const operatorCommands: CommandRow[] = [
  {
    name: 'baseline',
    group: 'Decide',
    summary: 'sign the present configuration as the baseline: it is restored when weakened',
    examples: [
      ['portcullis baseline guardrail --guardrail ab12cd34ef56', 'shows it, then asks'],
      ['portcullis baseline invocation-logging --stage prod', 'model invocation logging'],
      [
        'portcullis baseline enforced-guardrail --yes',
        'the guardrail enforced on every caller, for a script',
      ],
    ],
    arguments: [{ flags: '<kind>', says: 'guardrail, invocation-logging or enforced-guardrail' }],
    options: [{ flags: '--guardrail <id>', says: 'the guardrail, for the kind guardrail' }, yesOption],
    load: () => import('./baseline.ts'),
  },
  {
    name: 'doctor',
    group: 'Operate',
    summary: 'check that detection, notification and decisions work in this stage',
    examples: [
      ['portcullis doctor --stage prod', 'what is missing, why it matters, how to fix it'],
      ['portcullis doctor --fix data-events', 'shows the API calls that fix it, then asks'],
      ['portcullis doctor --json | jq \'.checks[] | select(.state == "failed")\'', 'for a script'],
    ],
    options: [
      { flags: '--fix <check>', says: 'fix one check; its name is in its advice and in --json' },
      yesOption,
    ],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'deploy',
    group: 'Operate',
    summary: 'show what a deployment changes, costs and permits; then ask, deploy and test it',
    examples: [
      ['portcullis deploy --stage dev', 'shows the plan, then asks'],
      [
        'portcullis deploy --stage prod --plan --detailed-exitcode',
        'only the plan; exit code 4 if there are changes',
      ],
      [
        'portcullis deploy --stage dev --ceiling approve --yes',
        'for a script, with this ceiling for this deployment only',
      ],
    ],
    options: [
      { flags: '--plan', says: 'show the plan and deploy nothing' },
      { flags: '--detailed-exitcode', says: 'with --plan: exit code 4 if there are changes' },
      {
        flags: '--ceiling <mode>',
        says: 'for this deployment only; the lasting value is in serverless.yml',
        choices: ['observe', 'approve', 'contain'],
      },
      { flags: '--email <address>', says: 'subscribe this address to the alerts topic, for this deployment' },
      yesOption,
    ],
    load: () => import('./deploy.ts'),
  },
  {
    name: 'trigger',
    group: 'Operate',
    summary: 'play a recorded attack against a stage, marked as a test',
    examples: [
      ['portcullis trigger --list', 'every attack, and the names it needs'],
      ['portcullis trigger llmjacking --set roleName=rehearsal', 'against that role, after asking'],
      [
        'portcullis trigger leaked-key --set userName=rehearsal --wait',
        'exit code 0 only if it was contained',
      ],
    ],
    arguments: [{ flags: '[scenario]', says: 'the attack' }],
    options: [
      { flags: '--list', says: 'list the attacks' },
      { flags: '--set <name=value...>', says: 'its targets: roleName, userName, instanceId …' },
      { flags: '--wait', says: 'wait until every target is contained, or proposed where approval is needed' },
      yesOption,
    ],
    load: () => import('./trigger.ts'),
  },
  {
    name: 'promote',
    group: 'Operate',
    summary: 'raise the mode of a stage or rule: changes one line for review, deploys nothing',
    examples: [
      ['portcullis promote stage --stage prod --to approve', 'the ceiling, in serverless.yml'],
      ['portcullis promote api-flood --to contain', 'the mode of a rule, in its file'],
      ['portcullis promote throttle-stage --to approve', 'the rule that calls this playbook'],
    ],
    arguments: [{ flags: '<what>', says: '"stage", a rule, or a playbook that exactly one rule calls' }],
    options: [
      {
        flags: '--to <mode>',
        says: 'the highest mode it may use',
        choices: ['observe', 'approve', 'contain'],
        required: true,
      },
    ],
    load: () => import('./promote.ts'),
  },
  {
    name: 'destroy',
    group: 'Operate',
    summary: 'remove a stage; refused while a containment is live',
    examples: [
      ['portcullis destroy --stage dev', 'lists what is live, then asks for the name of the stage'],
      ['portcullis destroy --stage dev --yes', 'for a script'],
      ['portcullis destroy --stage dev --keep', 'live containments stay, and are never released'],
    ],
    options: [
      { flags: '--keep', says: 'leave live containments as they are: nothing will release them' },
      yesOption,
    ],
    load: () => import('./destroy.ts'),
  },
  {
    name: 'completion',
    group: 'Help',
    summary: 'print a script that completes commands, options, playbooks and incidents',
    examples: [
      ['portcullis completion bash >> ~/.bashrc', 'bash'],
      ['portcullis completion zsh > ~/.zfunc/_portcullis', 'zsh, with ~/.zfunc in fpath'],
      ['portcullis completion fish > ~/.config/fish/completions/portcullis.fish', 'fish'],
    ],
    arguments: [{ flags: '<shell>', says: 'your shell', choices: ['bash', 'zsh', 'fish'] }],
    load: () => import('./completion.ts'),
  },
]
