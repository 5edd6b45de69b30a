/** What can be wrong with what authors write, besides patterns (matching/codes.ts). E fails a deploy's checks, W does not. */
export const authoringCodes = {
  E3001: {
    title: 'name, file and index do not agree',
    why: 'A rule or playbook is found by its name: its file, its export and the index have the same.',
    fix: 'Give all of them one name, and put the export into the index.',
  },
  E3002: {
    title: 'no event proves this',
    why: 'A condition that no recorded event needs may be wrong without anybody noticing.',
    fix: 'Add an event that differs from one that fires only in this.',
  },
  E3003: {
    title: 'this is no grant',
    why: 'A grant is an IAM action of one service with the places it is for: the role of the function is made from it.',
    fix: 'Write it like { "ec2:DescribeInstances": "*" }.',
  },
  E3004: {
    title: 'a call is made and not declared',
    why: 'The role of the function has what the playbook declares and no more: AWS would refuse the call.',
    fix: 'Declare it under reads or writes, or do not call it.',
  },
  E3005: {
    title: 'a part of the playbook is missing',
    why: 'A playbook is run by the function of its name, and proved by its scene.',
    fix: 'Write the missing file; `portcullis new playbook` shows what it holds.',
  },
  E3006: {
    title: 'the file is not as its schema wants',
    why: 'These files say who is told, who decides, and what is spared: better no deploy than a silent gap.',
    fix: 'Compare with docs/schemas; an editor that knows "$schema" shows it while you type.',
  },
  E3007: {
    title: 'the rule cannot be carried out',
    why: 'It calls a playbook that is not there, or gives a target that the playbook does not take.',
    fix: 'Compare with docs/reference/playbooks.md.',
  },
  E3008: {
    title: 'the plan is another one',
    why: 'What a playbook does in a recorded state is what people approved of in review.',
    fix: 'Look at the difference; if it is meant: vitest run test/cli/authoring/states.test.ts -u',
  },
  E3009: {
    title: 'a law of playbooks is broken',
    why: 'Plans, undo and repetition rest on states that are plain data and on a pure contain.',
    fix: 'Read engine/playbook.ts: what the engine gives is only read, and the clock is context.at.',
  },
  W3101: {
    title: 'the exception has expired',
    why: 'It is not looked at any more: what it names may be contained.',
    fix: 'Take it out, or give it a later day and say why.',
  },
  W3102: {
    title: 'a sentence of the playbook cannot be completed',
    why: 'Messages replace {target} and nothing else in the sentences of `copy`.',
    fix: 'Write a whole sentence whose only placeholder is {target}.',
  },
  W3103: {
    title: 'no state is recorded for this playbook',
    why: 'Without one, only the laws on emulators try it.',
    fix: 'vitest run test/cli/authoring/states.test.ts -u',
  },
} as const satisfies Record<string, { title: string; why: string; fix: string }>

export type AuthoringCode = keyof typeof authoringCodes
