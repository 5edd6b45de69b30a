import { type Exit, exits } from './exits.ts'

/** Every error code of a command: what it means, what to do, and the exit code. `portcullis docs <code>` prints it. */
export const problemCodes = {
  usage: {
    exit: exits.usage,
    means: 'The command line has an unknown command, option or value, or a required one is missing.',
    do: 'Add --help to the command: it shows examples, arguments and options.',
  },
  'cannot-ask': {
    exit: exits.usage,
    means:
      'The command asks for confirmation before it changes something, and there is no terminal to ask on.',
    do: 'Give the answer as an option: --yes, and for `approve` the --plan that you consent to.',
  },
  'no-region': {
    exit: exits.usage,
    means: 'The AWS Region is not known: neither an option, nor the environment, nor the profile sets it.',
    do: 'Give --region, or set AWS_REGION.',
  },
  'unknown-incident': {
    exit: exits.usage,
    means: 'No incident or containment of this stage has an id with this prefix.',
    do: 'Look the id up with `portcullis incidents --all`, and check --stage.',
  },
  'ambiguous-id': {
    exit: exits.usage,
    means: 'Several incidents or containments have an id with this prefix.',
    do: 'Give more characters of the id.',
  },
  'which-containment': {
    exit: exits.usage,
    means: 'The incident has several containments to which the decision could apply.',
    do: 'Choose one with --containment, or for `approve` with --plan.',
  },
  unreadable: {
    exit: exits.invalid,
    means: 'The input has no readable event or test case.',
    do: 'Give JSON or JSON Lines. An event may be an EventBridge event, a CloudTrail record, or a GuardDuty or Security Hub finding.',
  },
  'unknown-code': {
    exit: exits.usage,
    means: 'There is no error with this code.',
    do: 'List all codes with `portcullis docs`.',
  },
  failed: {
    exit: exits.failed,
    means: 'The decision was accepted, but applying it failed. The incident records which changes were made.',
    do: 'Read the incident, remove the cause, and use `portcullis retry` or `portcullis undo`.',
  },
  'no-stage': {
    exit: exits.failed,
    means: 'This stage of Portcullis is not deployed in the account and Region of your credentials.',
    do: 'Choose another stage with --stage or PORTCULLIS_STAGE, choose another Region, or deploy the stage.',
  },
  unreachable: {
    exit: exits.failed,
    means: 'AWS does not respond.',
    do: 'Check the network, and AWS_ENDPOINT_URL if it is set.',
  },
  // The code is older than the name of the function, and is part of the API.
  'settle-failed': {
    exit: exits.failed,
    means: 'The decision worker ended with an error. The incident records what it had done by then.',
    do: 'Read the incident, then the log of the function.',
  },
  unwritable: {
    exit: exits.failed,
    means: 'The file could not be written.',
    do: 'Give another path with --output.',
  },
  unexpected: {
    exit: exits.failed,
    means: 'An error that Portcullis has no explanation for.',
    do: 'Set NODE_DEBUG=portcullis to see the stack trace.',
  },
  'by-hand': {
    exit: exits.failed,
    means: 'This command cannot fix what the check found: a person must decide or do something first.',
    do: 'Follow the advice of the check, then run `portcullis doctor` again.',
  },
  'not-packaged': {
    exit: exits.failed,
    means: 'The stack could not be packaged: its sources or its settings are invalid.',
    do: 'Read the output that is shown, and run `portcullis validate`.',
  },
  'not-deployed': {
    exit: exits.failed,
    means: 'The stack could not be deployed or removed. CloudFormation rolls a failed update back.',
    do: 'Remove the cause that is shown, and run the command again.',
  },
  'smoke-failed': {
    exit: exits.failed,
    means: 'The stack is deployed, but some parts of it do not respond as expected.',
    do: 'Read the log of the function that is named, and run `portcullis doctor`.',
  },
  'not-contained': {
    exit: exits.failed,
    means: 'The attack was played, but not every target was contained or proposed in time.',
    do: 'Read the incident. The ceiling of the stage may be lower than the mode the attack expects.',
  },
  'no-target': {
    exit: exits.usage,
    means: 'The attack needs a target in your account that was not named or does not exist.',
    do: 'Name it with --set, for example --set roleName=rehearsal.',
  },
  'still-contained': {
    exit: exits.conflict,
    means: 'A containment is live, and only this stack can release it automatically.',
    do: 'Undo it first. Or give --keep, and restore the target by hand.',
  },
  refused: {
    exit: exits.refused,
    means: 'The decision was refused: you are not authorized to make it, or not in this way.',
    do: 'Ask an approver of the stage.',
  },
  waiting: {
    exit: exits.refused,
    means: 'Your approval is recorded. Another approver must approve as well.',
    do: 'Ask another approver.',
  },
  'no-credentials': {
    exit: exits.credentials,
    means: 'There are no AWS credentials, or AWS rejects them.',
    do: 'Sign in (aws sso login, aws login), or choose a profile with --profile.',
  },
  'expired-credentials': {
    exit: exits.credentials,
    means: 'The AWS credentials have expired, or the clock of this machine is wrong.',
    do: 'Sign in again.',
  },
  denied: {
    exit: exits.credentials,
    means: 'The AWS identity is not authorized for this call.',
    do: 'Use another profile, or have the missing permission granted.',
  },
  'not-now': {
    exit: exits.conflict,
    means:
      'The incident has nothing that this decision applies to now: it was decided already, or it has ended.',
    do: 'Read the incident.',
  },
  late: {
    exit: exits.conflict,
    means: 'It was decided already, by another person or automatically on expiry.',
    do: 'Read the incident.',
  },
  superseded: {
    exit: exits.conflict,
    means: 'The decision names a containment that a newer one has replaced.',
    do: 'Read the incident, and decide on its present containment.',
  },
  'plan-changed': {
    exit: exits.conflict,
    means: 'You consented to one plan, and the plan has changed since.',
    do: 'Read the new plan, and approve it if you agree.',
  },
  drifted: {
    exit: exits.conflict,
    means: 'Drift: what the containment had changed was changed again since, by someone else.',
    do: 'Restore the rest with --force, or restore nothing with --leave.',
  },
  partial: {
    exit: exits.partial,
    means: 'Some of the changes were made, and some were not.',
    do: 'Read the incident, remove the cause, and use `portcullis retry` or `portcullis undo`.',
  },
} as const satisfies Record<string, { exit: Exit; means: string; do: string }>

export type ProblemCode = keyof typeof problemCodes
