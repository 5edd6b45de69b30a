import type { Notice } from '../../engine/journal/record.ts'
import type { IncidentState } from './view/incident-view.ts'

/** What the sentences about a playbook need; `it` is the name of the target. */
interface Words {
  /** The playbook's own title: messages import no playbooks, a test holds the two together. */
  title: string
  todo(it: string): string
  done(it: string): string
  /** After the release. */
  back(it: string): string
  /** When it failed, or only part of it was done. */
  still(it: string): string
  /** It tells people and contains nothing. */
  tells?: true
}

const playbooks: Record<string, Words> = {
  'block-ip': {
    title: 'Block an IP address at the edge',
    todo: (it) => `block ${it} at the edge`,
    done: (it) => `${it} is blocked at the edge`,
    back: (it) => `${it} may come in again`,
    still: (it) => `${it} may still come in`,
  },
  'deny-inference': {
    title: 'Deny a principal every model invocation',
    todo: (it) => `stop ${it} running models`,
    done: (it) => `${it} can no longer run models`,
    back: (it) => `${it} can run models again`,
    still: (it) => `${it} may still run models`,
  },
  'deny-session': {
    title: 'Deny one session of a role',
    todo: (it) => `deny the session ${it}`,
    done: (it) => `the session ${it} is denied`,
    back: (it) => `the session ${it} is no longer denied`,
    still: (it) => `the session ${it} may still work`,
  },
  'disable-access-key': {
    title: 'Disable an access key',
    todo: (it) => `disable access key ${it}`,
    done: (it) => `access key ${it} is disabled`,
    back: (it) => `access key ${it} works again`,
    still: (it) => `access key ${it} may still work`,
  },
  'disable-api-key': {
    title: 'Disable a Bedrock API key',
    todo: (it) => `switch off API key ${it}`,
    done: (it) => `API key ${it} is switched off`,
    back: (it) => `API key ${it} works again`,
    still: (it) => `API key ${it} may still work`,
  },
  'disable-user': {
    title: 'Disable a Cognito user',
    todo: (it) => `disable ${it} and sign them out`,
    done: (it) => `${it} is disabled and signed out`,
    back: (it) => `${it} may sign in again`,
    still: (it) => `${it} may still be signed in`,
  },
  'enforce-guardrail': {
    title: 'Enforce the baseline guardrail on every caller',
    todo: () => 'enforce the signed guardrail on every caller',
    done: () => 'every caller gets the signed guardrail',
    back: () => 'the guardrail is enforced as it was before',
    still: () => 'some callers may get no guardrail',
  },
  notify: {
    title: 'Tell the responders',
    todo: (it) => `tell the responders of ${it}`,
    done: (it) => `the responders are told of ${it}`,
    back: (it) => `${it} is told again when it comes again`,
    still: (it) => `perhaps nobody was told of ${it}`,
    tells: true,
  },
  'quarantine-instance': {
    title: 'Cut an EC2 instance off the network',
    todo: (it) => `cut ${it} off the network`,
    done: (it) => `${it} is cut off the network`,
    back: (it) => `${it} is back on the network`,
    still: (it) => `${it} may still reach the network`,
  },
  'restore-guardrail': {
    title: 'Restore a guardrail to its baseline',
    todo: (it) => `restore guardrail ${it} to its baseline`,
    done: (it) => `guardrail ${it} is at least its baseline again`,
    back: (it) => `guardrail ${it} is as it was found again`,
    still: (it) => `guardrail ${it} may still be weaker than its baseline`,
  },
  'restore-invocation-logging': {
    title: 'Restore invocation logging to its baseline',
    todo: () => 'restore the log of model invocations',
    done: () => 'model invocations are logged as signed again',
    back: () => 'the log is as it was found again',
    still: () => 'model invocations may still not be logged',
  },
  'revoke-sessions': {
    title: "Revoke a role's sessions",
    todo: (it) => `revoke the sessions of ${it}`,
    done: (it) => `the sessions of ${it} are revoked`,
    back: (it) => `the sessions of ${it} are no longer denied`,
    still: (it) => `the sessions of ${it} may still work`,
  },
  'snapshot-volumes': {
    title: 'Snapshot the volumes of an EC2 instance as evidence',
    todo: (it) => `snapshot the volumes of ${it}`,
    done: (it) => `the volumes of ${it} are kept as snapshots`,
    back: (it) => `the snapshots of ${it} are kept`,
    still: (it) => `volumes of ${it} may have no snapshot`,
  },
  'throttle-stage': {
    title: 'Throttle an API stage',
    todo: (it) => `slow ${it} down`,
    done: (it) => `${it} is slowed down`,
    back: (it) => `${it} runs at its earlier limits`,
    still: (it) => `${it} may still take every request`,
  },
  'throttle-user': {
    title: 'Limit an end user to one request a minute',
    todo: (it) => `limit ${it} to one request a minute`,
    done: (it) => `${it} is limited to one request a minute`,
    back: (it) => `${it} may ask as often as before`,
    still: (it) => `${it} may still ask as often as they like`,
  },
}

/** The words for a playbook; plain ones for a playbook that has none of its own yet. */
export const copyFor = (name: string): Words => playbooks[name] ?? plainWords(name)

export const hasCopy = (name: string): boolean => Object.hasOwn(playbooks, name)

const plainWords = (name: string): Words => ({
  title: name,
  todo: (it) => `apply ${name} to ${it}`,
  done: (it) => `${name} holds ${it}`,
  back: (it) => `${name} no longer holds ${it}`,
  still: (it) => `${name} may not hold ${it}`,
})

/** A state as people read it. Words before colours: every surface says it. */
export const stateWords: Record<IncidentState, string> = {
  'approval-needed': 'Approval needed',
  containing: 'Containing',
  contained: 'Contained',
  undone: 'Undone',
  ended: 'Ended',
  denied: 'Denied',
  expired: 'Expired',
  partial: 'Partial',
  failed: 'Failed',
  drifted: 'Drifted',
  observed: 'Observed',
}

/** What the lines of a plan are, in each state. */
export const lineWords: Record<IncidentState, string> = {
  'approval-needed': 'Approve will change',
  containing: 'Changing now',
  contained: 'Changed and checked',
  undone: 'Put back and checked',
  ended: 'Put back and checked',
  denied: 'Would have changed',
  expired: 'Would have changed',
  partial: 'Not done (✗) and done (✓)',
  failed: 'Not done (✗)',
  drifted: 'Changed by others since (✗) and still held (✓)',
  observed: 'Would change',
}

/** What a notice is about. */
export const noticeWords: Record<Notice['kind'], string> = {
  unreadable: 'An event could not be read',
  guarded: 'Left alone',
  trouble: 'Trouble',
  paused: 'Paused',
  resumed: 'Resumed',
}

/** The durations by which a containment can be extended in Slack and on the review page. */
export const durationWords = { '1h': '1 hour', '4h': '4 hours', '24h': '24 hours' }
