import { serviceNames } from '../../../engine/role-names.ts'
import { errorsAlarm } from '../alarms.ts'
import { macKey } from '../data/mac-key.ts'
import type { Deployment } from '../deployment.ts'
import { queueOf, receiving } from '../events/queue.ts'
import { readJournal, writeJournal } from '../permissions/journal-access.ts'
import { protectedPrincipalsName } from '../permissions/shared.ts'
import { sendMail } from '../responders/mail.ts'
import { readResponders } from '../responders/responders.ts'
import { arn, type Resources, the } from '../template/template.ts'
import type { Lambda } from './lambda.ts'

/** The function behind the API. It answers the internet, so it may only verify a request and put it into a queue. */
export const decisionIntakeLambda = ({ prefix }: Deployment): Lambda => ({
  name: 'decision-intake',
  description: 'Receives decisions from Slack and from the review page',
  role: the('DecisionIntakeRole.Arn'),
  managed: [protectedPrincipalsName(prefix)],
  deadLetters: undefined,
  grants: [],
  reads: [],
  own: [
    readJournal(prefix),
    // Not the bot's token: it cannot write to Slack.
    readResponders(prefix, 'stage', 'slack-signing-secret'),
    { Sid: 'SendDecisions', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: the('Decisions.Arn') },
    { Sid: 'VerifyLinks', Effect: 'Allow', Action: 'kms:VerifyMac', Resource: the('LinkKey.Arn') },
  ],
  environment: {
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_TABLE: the('Journal'),
    PORTCULLIS_DECISIONS: the('Decisions'),
    PORTCULLIS_LINK_KEY: the('LinkKey'),
  },
})

/** The function that authorizes a decision, and invokes the playbook's function to execute it. */
export const decisionWorkerLambda = ({ prefix, responders }: Deployment): Lambda => ({
  name: 'decision-worker',
  description: 'Authorizes decisions, and has the playbooks execute them',
  role: the('DecisionWorkerRole.Arn'),
  managed: [protectedPrincipalsName(prefix)],
  deadLetters: undefined,
  grants: [],
  reads: [],
  own: [
    readJournal(prefix),
    writeJournal(prefix, 'incident#*', 'notice#*', 'pause'),
    readResponders(prefix),
    {
      Sid: 'ReceiveDecisions',
      Effect: 'Allow',
      Action: [...receiving, 'sqs:ChangeMessageVisibility'],
      Resource: the('Decisions.Arn'),
    },
    // Every function of the stack but those that serve: a list of all playbooks would outgrow IAM's quota.
    {
      Sid: 'InvokePlaybooks',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: arn('lambda', `function:${prefix}-*`),
    },
    {
      Sid: 'DenyInvokingServices',
      Effect: 'Deny',
      Action: 'lambda:InvokeFunction',
      Resource: serviceNames.map((name) => arn('lambda', `function:${prefix}-${name}`)),
    },
    ...sendMail(responders),
  ],
  environment: {
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_TABLE: the('Journal'),
    PORTCULLIS_DECISIONS: the('Decisions'),
  },
})

/** The queue between the two, the key that signs links and never leaves KMS, and the alarms. */
export const decisionResources = (deployment: Deployment): Resources => ({
  ...queueOf('Decisions', `${deployment.prefix}-decisions.fifo`, 'decision-worker', deployment),
  LinkKey: macKey(`Signs the links of ${deployment.prefix} to review pages`),
  DecisionIntakeErrorsAlarm: errorsAlarm('decision-intake', deployment.prefix),
  DecisionWorkerErrorsAlarm: errorsAlarm('decision-worker', deployment.prefix),
})
