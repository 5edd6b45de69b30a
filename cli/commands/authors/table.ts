import { modes } from '../../../engine/rule.ts'
import type { CommandRow } from '../../shell/command.ts'
import { eventArgument, ruleOption } from '../shared.ts'

/** The commands of authors: how events match, what follows, and how to write and test rules and playbooks. */
export const authorCommands: CommandRow[] = [
  {
    name: 'explain',
    group: 'See',
    summary: 'explain which rules match an event, and which field the others fail on',
    examples: [
      ['portcullis explain event.json', 'what follows, or why nothing does'],
      ['portcullis explain event.json --rule api-flood', 'one rule'],
      ['portcullis explain - --json < record.json', 'every rule, for a script'],
    ],
    arguments: [eventArgument],
    options: [ruleOption, { flags: '--all', says: 'also rules for other types of events' }],
    load: () => import('./explain.ts'),
  },
  {
    name: 'simulate',
    group: 'See',
    summary: 'simulate an event: show the plans, from live reads; changes nothing',
    examples: [
      ['portcullis simulate event.json', 'what would change now'],
      ['portcullis simulate event.json --offline', 'targets and permissions only'],
      ['portcullis simulate event.json --profile prod', 'with other credentials'],
    ],
    arguments: [eventArgument],
    options: [ruleOption, { flags: '--offline', says: 'make no calls to AWS' }],
    load: () => import('./simulate.ts'),
  },
  {
    name: 'replay',
    group: 'See',
    summary: 'replay recorded events: what would have been contained; changes nothing',
    examples: [
      ['portcullis replay trail/', 'every file in this folder'],
      ['portcullis replay events.jsonl --against main', 'compared with the rules on main'],
      ['portcullis replay --since 7d', 'the CloudTrail event history of this account'],
    ],
    arguments: [{ flags: '[path]', says: 'a file, a folder, or - for standard input' }],
    options: [
      {
        flags: '--since <duration>',
        says: 'instead of a path: CloudTrail event history of this account and Region, at most 90d',
      },
      ruleOption,
      { flags: '--playbook <name>', says: 'only rules that call this playbook', from: 'playbooks' },
      { flags: '--ceiling <mode>', says: 'ceiling to assume instead of contain', choices: modes },
      { flags: '--against <ref>', says: 'compare with the rules of a branch, tag or commit' },
    ],
    load: () => import('./replay.ts'),
  },
  {
    name: 'match',
    group: 'See',
    summary: 'test event patterns against events; exit code 3 if a result is not as expected',
    examples: [
      ['portcullis match --cases cases.jsonl', 'one {pattern, event, expect} per line'],
      ['portcullis match --cases cases.jsonl --json', 'one result per line, then a summary'],
      ['portcullis match --cases - < cases.jsonl', 'from standard input'],
    ],
    options: [
      {
        flags: '--cases <file>',
        says: 'one case per line; "expect" is true, false or "error"',
        required: true,
      },
    ],
    load: () => import('./match.ts'),
  },
  {
    name: 'sense',
    group: 'See',
    summary: 'show the signals in guardrail and model invocation records, one record per line',
    examples: [
      ['portcullis sense invocations.jsonl', 'as text'],
      ['portcullis sense invocations.jsonl --json', 'one object per line'],
      ['zcat log.gz | portcullis sense - --json', 'from standard input'],
    ],
    arguments: [{ flags: '<file>', says: 'a file, or - for standard input' }],
    load: () => import('./sense.ts'),
  },
  {
    name: 'new',
    group: 'Write',
    summary: 'create a rule or a playbook with its tests, which pass before the first edit',
    examples: [
      ['portcullis new rule model-import --playbook deny-inference', 'for a GuardDuty finding'],
      ['portcullis new rule jobs --event "AWS API Call via CloudTrail"', 'for an API call'],
      ['portcullis new playbook keep-instance --target instanceId', 'for EC2 instances'],
    ],
    arguments: [
      { flags: '<kind>', says: 'what to create', choices: ['rule', 'playbook'] },
      { flags: '<name>', says: 'lower-case words joined by hyphens' },
    ],
    options: [
      {
        flags: '--playbook <name>',
        says: 'playbook that the rule calls (default: notify)',
        from: 'playbooks',
      },
      {
        flags: '--event <detail-type>',
        says: 'type of event that the rule matches (default: "GuardDuty Finding")',
      },
      {
        flags: '--target <identifiers>',
        says: "identifiers of the playbook's target: instanceId (the default), or apiName,stageName",
      },
      {
        flags: '--room <folder>',
        says: 'folder in rules/ or playbooks/ (default: the folder of similar ones)',
      },
      { flags: '--force', says: 'overwrite existing files' },
    ],
    load: () => import('./new.ts'),
  },
  {
    name: 'validate',
    group: 'Write',
    summary: 'validate rules, playbooks, exceptions and stages; reads files only',
    examples: [
      ['portcullis validate', 'everything'],
      ['portcullis validate --json | jq .findings', 'for a script'],
      ['portcullis validate && npx serverless deploy', 'before a deployment'],
    ],
    load: () => import('./validate.ts'),
  },
  {
    name: 'test',
    group: 'Write',
    summary: 'test rules and playbooks: events, plans and laws; needs no AWS account',
    examples: [
      ['portcullis test', 'all of them, in seconds'],
      ['portcullis test deny-inference', 'one of them, with every check on its own line'],
      ['portcullis test deny-inference --laws', 'also the laws, on local emulators; takes minutes'],
    ],
    arguments: [{ flags: '[name]', says: 'a rule or a playbook (default: all)' }],
    options: [{ flags: '--laws', says: 'also run the laws on emulators: vitest run test/laws' }],
    load: () => import('./test.ts'),
  },
  {
    name: 'dev',
    group: 'Write',
    summary: 'run rules and playbooks locally and reload on save; needs no AWS account',
    examples: [
      ['portcullis dev', 'then press t and choose an attack'],
      ['portcullis dev event.json', 'start with this event'],
      [
        `echo '{"do":"trigger","name":"llmjacking"}' | portcullis dev --json`,
        'for an editor: JSON in, JSON out',
      ],
    ],
    arguments: [{ flags: '[event...]', says: 'files with events to start with' }],
    options: [
      { flags: '--ceiling <mode>', says: 'ceiling of the local stage, instead of contain', choices: modes },
      {
        flags: '--longest <duration>',
        says: 'release every containment after at most this time: 30s, 4h (default: 10m)',
      },
    ],
    load: () => import('./dev.ts'),
  },
  {
    name: 'docs',
    group: 'Help',
    summary: 'explain an error code: what it means and what to do',
    examples: [
      ['portcullis docs plan-changed', 'one code'],
      ['portcullis docs', 'all codes, with their exit codes'],
      ['portcullis docs --json', 'for a script'],
    ],
    arguments: [{ flags: '[code]', says: 'the code in the error message', from: 'codes' }],
    load: () => import('./docs.ts'),
  },
]
