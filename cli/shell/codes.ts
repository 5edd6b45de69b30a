import { type Exit, exits } from './exits.ts'

/** Every error has a code; what it means, what to do, and what the shell is told. `portcullis docs <code>` prints it. */
export const problemCodes = {
  usage: {
    exit: exits.usage,
    means: 'The command line names a command, an option or a value that is not there, or lacks one.',
    do: 'Every command shows examples and its options with --help.',
  },
  'cannot-ask': {
    exit: exits.usage,
    means: 'The command asks before it changes something, and there is no terminal to ask on.',
    do: 'Give what it would ask for: --yes, and for `approve` the --plan that you consent to.',
  },
  'no-region': {
    exit: exits.usage,
    means:
      'Neither an option, nor the environment, nor the profile says in which Region Portcullis is deployed.',
    do: 'Give --region, or set AWS_REGION.',
  },
  'unknown-incident': {
    exit: exits.usage,
    means: 'No incident and no containment of this stage has an id that begins so.',
    do: 'Look the id up with `portcullis incidents --all`, and check the stage.',
  },
  'ambiguous-id': {
    exit: exits.usage,
    means: 'The ids of several incidents or containments begin so.',
    do: 'Give more of the id.',
  },
  'which-containment': {
    exit: exits.usage,
    means: 'The incident has several containments that the decision could mean.',
    do: 'Pick one with --containment, or for `approve` with --plan.',
  },
  unreadable: {
    exit: exits.invalid,
    means: 'What was given to read holds no event, or no case, that can be read.',
    do: 'Give JSON or JSON lines of events; `portcullis replay --help` lists every form that is read.',
  },
  'unknown-code': {
    exit: exits.usage,
    means: 'There is no error with this code.',
    do: 'List all of them with `portcullis docs`.',
  },
  failed: {
    exit: exits.failed,
    means:
      'The decision was accepted, and carrying it out failed. What was and was not done is on the record.',
    do: 'Read the incident, remove the cause, and use `portcullis retry` or `portcullis undo`.',
  },
  'no-stage': {
    exit: exits.failed,
    means: 'The account and Region of your credentials hold no Portcullis of this stage.',
    do: 'Choose another stage with --stage or PORTCULLIS_STAGE, another Region, or deploy it.',
  },
  unreachable: {
    exit: exits.failed,
    means: 'AWS does not answer.',
    do: 'Check the network, and AWS_ENDPOINT_URL if it is set.',
  },
  'settle-failed': {
    exit: exits.failed,
    means:
      'The function that settles decisions ended with an error. What it had done by then is on the record.',
    do: 'Read the incident, then the log of the function.',
  },
  unwritable: {
    exit: exits.failed,
    means: 'The file could not be written.',
    do: 'Give another path with --output.',
  },
  unexpected: {
    exit: exits.failed,
    means: 'Something that Portcullis does not know how to explain.',
    do: 'Set NODE_DEBUG=portcullis to see where it comes from.',
  },
  'by-hand': {
    exit: exits.failed,
    means: 'The check has nothing that this command could mend: a person must decide or do something first.',
    do: 'Do what its advice says, and run `portcullis doctor` again.',
  },
  'not-packaged': {
    exit: exits.failed,
    means: 'The stack could not be packaged: its sources or its settings are wrong.',
    do: 'Read what was printed, and run `portcullis validate`.',
  },
  'not-deployed': {
    exit: exits.failed,
    means: 'The stack could not be deployed. CloudFormation puts back what it had changed.',
    do: 'Remove the cause that is shown, and deploy again.',
  },
  'smoke-failed': {
    exit: exits.failed,
    means: 'The stack is deployed, and some of it does not answer as it should.',
    do: 'Read the log of the function that is named, and run `portcullis doctor`.',
  },
  'not-contained': {
    exit: exits.failed,
    means: 'The attack was played, and not all of it was contained or proposed in time.',
    do: 'Read the incident. The ceiling of the stage may be lower than what was waited for.',
  },
  'no-target': {
    exit: exits.usage,
    means: 'The attack needs something of the account that was not named, or is not there.',
    do: 'Name it with --set, such as --set roleName=rehearsal.',
  },
  'still-contained': {
    exit: exits.conflict,
    means: 'Something is contained, and only this stack can end that by itself.',
    do: 'Undo it first; or give --keep, and put it back by hand.',
  },
  refused: {
    exit: exits.refused,
    means: 'The decision was not accepted: you may not decide this, or not in this way.',
    do: 'Ask one of the approvers of the stage.',
  },
  waiting: {
    exit: exits.refused,
    means: 'Your approval counts, and somebody else must approve as well.',
    do: 'Ask another approver.',
  },
  'no-credentials': {
    exit: exits.credentials,
    means: 'No AWS credentials were found, or AWS does not know them.',
    do: 'Sign in (aws sso login, aws login), or choose a profile with --profile.',
  },
  'expired-credentials': {
    exit: exits.credentials,
    means: 'The AWS credentials are too old, or the clock of this machine is wrong.',
    do: 'Sign in again.',
  },
  denied: {
    exit: exits.credentials,
    means: 'The AWS identity may not do this.',
    do: 'Use another profile, or have the missing permission granted.',
  },
  'not-now': {
    exit: exits.conflict,
    means: 'Nothing in the incident can be decided so now: somebody else was faster, or it is over.',
    do: 'Read the incident.',
  },
  late: {
    exit: exits.conflict,
    means: 'Somebody else, or the clock, decided first.',
    do: 'Read the incident.',
  },
  superseded: {
    exit: exits.conflict,
    means: 'What the decision names is not the present one any more.',
    do: 'Read the incident, and decide on what stands there.',
  },
  'plan-changed': {
    exit: exits.conflict,
    means: 'Consent is to one plan. The plan is another one now.',
    do: 'Read the new plan, and approve that.',
  },
  drifted: {
    exit: exits.conflict,
    means: 'Somebody else changed since what the containment had changed.',
    do: 'Put back the rest with --force, or leave everything as it is with --leave.',
  },
  partial: {
    exit: exits.partial,
    means: 'Some of the changes were made, and some were not.',
    do: 'Read the incident, remove the cause, and use `portcullis retry` or `portcullis undo`.',
  },
} as const satisfies Record<string, { exit: Exit; means: string; do: string }>

export type ProblemCode = keyof typeof problemCodes
