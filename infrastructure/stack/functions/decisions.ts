import { playbooks } from '../../../playbooks/index.ts'
import { macKey } from '../data/mac-key.ts'
import type { Deployment } from '../deployment.ts'
import { queueOf, receiving } from '../events/queue.ts'
import { readJournal, writeJournal } from '../permissions/journal-access.ts'
import { sendMail } from '../responders/mail.ts'
import { readResponders } from '../responders/responders.ts'
import { arn, type Resources, the } from '../template/template.ts'
import type { Lambda } from './lambda.ts'

/**
 * The door for people: it answers the internet, so it can do hardly anything. It checks who asks and puts what they
 * ask for into a queue; it holds no right to contain, to release, or to write down that anybody decided.
 */
export const decisionIntakeLambda = ({ prefix }: Deployment): Lambda => ({
  name: 'decision-intake',
  says: 'Takes what people decide, from Slack and from the review page',
  grants: [],
  reads: [],
  own: [
    readJournal(prefix),
    // Not the bot's token: it cannot speak in Slack.
    readResponders(prefix, 'stage', 'slack-signing-secret'),
    { Sid: 'HandOver', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: the('Decisions.Arn') },
    {
      Sid: 'CheckLinks',
      Effect: 'Allow',
      Action: 'kms:VerifyMac',
      Resource: the('LinkKey.Arn'),
    },
  ],
  environment: {
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_TABLE: the('Journal'),
    PORTCULLIS_DECISIONS: the('Decisions'),
    PORTCULLIS_LINK_KEY: the('LinkKey'),
  },
})

/** Judges what people ask for, and has the playbook's function do it. */
export const decisionWorkerLambda = ({ prefix, responders }: Deployment): Lambda => ({
  name: 'decision-worker',
  says: 'Judges what people decide, and has it carried out',
  grants: [],
  reads: [],
  own: [
    readJournal(prefix),
    writeJournal(prefix, 'incident#*', 'notice#*', 'pause'),
    readResponders(prefix),
    {
      Sid: 'TakeDecisions',
      Effect: 'Allow',
      Action: [...receiving, 'sqs:ChangeMessageVisibility'],
      Resource: the('Decisions.Arn'),
    },
    {
      Sid: 'CarryOut',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: playbooks.map(({ name }) => arn('lambda', `function:${prefix}-${name}`)),
    },
    ...sendMail(responders),
  ],
  environment: {
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_TABLE: the('Journal'),
    PORTCULLIS_DECISIONS: the('Decisions'),
  },
})

/** What lies between the two, and the key that signs links: it never leaves KMS. */
export const decisionResources = ({ prefix }: Deployment): Resources => ({
  ...queueOf('Decisions', `${prefix}-decisions.fifo`, 'decision-worker'),
  LinkKey: macKey(`Signs the links of ${prefix} to review pages`),
})
