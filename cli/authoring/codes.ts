/** Findings about what authors write, except patterns (matching/codes.ts). E fails `portcullis validate`, W does not. */
export const authoringCodes = {
  E3001: {
    title: 'name, file and index do not agree',
    why: 'A rule or playbook is found by its name: the file, the export and the index must have the same one.',
    fix: 'Use one name in all of them, and add the export to the index.',
  },
  E3002: {
    title: 'no event proves this',
    why: 'A condition that no recorded event needs can be wrong without failing a test.',
    fix: 'Add an event that differs only in this from one that fires the rule.',
  },
  E3003: {
    title: 'this is not a valid grant',
    why: "A grant is one IAM action with the resources that it applies to. The function's role is generated from it.",
    fix: 'Write it as { "ec2:DescribeInstances": "*" }.',
  },
  E3004: {
    title: 'a call is not declared',
    why: "The function's role has only the permissions that the playbook declares: AWS would deny the call.",
    fix: 'Declare the action under reads or writes, or remove the call.',
  },
  E3005: {
    title: 'a part of the playbook is missing',
    why: 'A scene proves that the playbook contains its target and releases it.',
    fix: 'Write the missing file. `portcullis new playbook` writes one as an example.',
  },
  E3006: {
    title: 'the file does not match its schema',
    why: 'These files define who is notified, who decides and what is excepted: a silent gap would be worse than a failed deploy.',
    fix: 'Compare the file with docs/schemas. Editors that read "$schema" show the errors while you type.',
  },
  E3007: {
    title: 'the rule cannot be executed',
    why: 'It calls a playbook that does not exist, or names a target that the playbook does not accept.',
    fix: 'Compare the rule with docs/reference/playbooks.md.',
  },
  E3008: {
    title: 'the plan has changed',
    why: 'The plan in a recorded state is what reviewers approved.',
    fix: 'Review the difference. If it is intended: vitest run test/cli/authoring/states.test.ts -u',
  },
  E3009: {
    title: 'the playbook breaks a law',
    why: 'Plans, releases and retries require states that are plain data and a pure `contain`.',
    fix: 'See engine/playbook.ts: do not change what the engine passes in, and read the time from context.at.',
  },
  W3101: {
    title: 'the exception has expired',
    why: 'It no longer applies: the target that it names can be contained.',
    fix: 'Remove it, or set a later date and state the reason.',
  },
  W3102: {
    title: 'a sentence of the playbook cannot be completed',
    why: 'Messages replace {target} and nothing else in the sentences of `copy`.',
    fix: 'Write a whole sentence whose only placeholder is {target}.',
  },
  W3103: {
    title: 'no state is recorded for this playbook',
    why: 'Without one, only the laws on emulators test the playbook.',
    fix: 'vitest run test/cli/authoring/states.test.ts -u',
  },
  W3104: {
    title: 'the target is an example',
    why: 'The draft of the rule has an example where its type of event does not name the target.',
    fix: 'Replace identifiers.….example by the value of your account, or by one from the event.',
  },
} as const satisfies Record<string, { title: string; why: string; fix: string }>

export type AuthoringCode = keyof typeof authoringCodes
