import type { Event } from '../../../engine/rule.ts'
import type { Identifier } from '../../../engine/target.ts'
import type { Events } from '../../../rules/events/index.ts'
import alarm from './events/alarm.json' with { type: 'json' }
import call from './events/call.json' with { type: 'json' }
import finding from './events/finding.json' with { type: 'json' }

/** How a rule finds the target of a playbook in an event: code, and what the code needs. */
export interface AimTemplate {
  code: string
  from?: { file: string; names: string[] }
  /** Whom the incident is about, where that is not as usual for these events. */
  subject?: string
  /** What the event has to hold for it, over the sample. */
  holds?: object
  /** Of the kinds of event below, those it can be found in; in all of them without it. */
  about?: RegExp
}

/** What a first rule about a type of event is made from. */
export interface EventTemplate {
  /** The helper of rules/when.ts. */
  helper: string
  /** What it may be about; the first that no rule answers yet is taken. */
  about: readonly string[]
  because: (about: string) => string
  attack: readonly string[]
  when: (about: string) => string
  subject: string
  subjectFrom?: AimTemplate['from']
  sample: Event
  /** The sample, about this. */
  fires: (about: string) => object
  /** What is laid over that, so that it just does not match: one for each condition of the pattern. */
  not: Record<string, object>
  aims: Partial<Record<`${Identifier}` | 'apiName stageName' | 'roleName principalId', AimTemplate>>
}

const principal = './principal.ts'
const keys = 'detail.resource.accessKeyDetails'
const user = { userType: 'IAMUser', userName: 'ci-deployer', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }

const instance = { instanceId: 'i-0a1b2c3d4e5f60718', tags: [] }

/** By the event's detail-type. */
export const eventTemplates: Partial<Record<keyof Events, EventTemplate>> = {
  'GuardDuty Finding': {
    helper: 'finding',
    about: [
      'Exfiltration:IAMUser/AnomalousBehavior',
      'Impact:IAMUser/AnomalousBehavior',
      'InitialAccess:IAMUser/AnomalousBehavior',
      'Discovery:IAMUser/AnomalousBehavior',
      'Behavior:EC2/TrafficVolumeUnusual',
      'Behavior:EC2/NetworkPortUnusual',
    ],
    because: (type) => `GuardDuty reported ${type}.`,
    attack: ['T1078.004', 'LLM10'],
    when: (type) => `finding({ type: ['${type}'] })`,
    subject: '({ detail }) => holderOf(detail.resource.accessKeyDetails).name',
    subjectFrom: { file: principal, names: ['holderOf'] },
    sample: finding,
    fires: (type) => ({ detail: { type, title: `Something unusual: ${type}.` } }),
    not: {
      not: { detail: { type: 'Recon:EC2/Portscan' } },
      'not-archived': { detail: { service: { archived: true } } },
    },
    aims: {
      accessKeyId: {
        code: `({ detail }) => ({ accessKeyId: ${keys}.accessKeyId })`,
        holds: { detail: { resource: { accessKeyDetails: user } } },
        about: /:IAMUser\//,
      },
      instanceId: {
        code: '({ detail }) => ({ instanceId: detail.resource.instanceDetails.instanceId })',
        subject: '({ detail }) => detail.resource.instanceDetails.instanceId',
        holds: { detail: { resource: { resourceType: 'Instance', instanceDetails: instance } } },
        about: /:EC2\//,
      },
      principal: {
        code: `({ detail }) => holderOf(${keys}).targets`,
        from: { file: principal, names: ['holderOf'] },
        about: /:IAMUser\//,
      },
      roleName: {
        code: `({ detail }) => roleOf(${keys})`,
        from: { file: principal, names: ['roleOf'] },
        about: /:IAMUser\//,
      },
      'roleName principalId': {
        code: `({ detail }) => sessionOf(${keys})`,
        from: { file: principal, names: ['sessionOf'] },
        about: /:IAMUser\//,
      },
      subject: {
        code: `({ detail }) => ({ subject: \`\${holderOf(${keys}).name}: \${detail.type}\` })`,
        from: { file: principal, names: ['holderOf'] },
        about: /:IAMUser\//,
      },
    },
  },

  'AWS API Call via CloudTrail': {
    helper: 'call',
    about: ['CreateModelInvocationJob', 'CreateProvisionedModelThroughput', 'CreateModelImportJob'],
    because: (name) => `Somebody called bedrock:${name}.`,
    attack: ['T1078.004', 'LLM10'],
    when: (name) => `call('bedrock', ['${name}'])`,
    subject: '({ detail }) => callerOf(detail.userIdentity).name',
    subjectFrom: { file: principal, names: ['callerOf'] },
    sample: call,
    fires: (eventName) => ({ detail: { eventName } }),
    not: {
      not: { detail: { eventName: 'ListFoundationModels' } },
      'not-denied': { detail: { errorCode: 'AccessDenied' } },
      'not-other-service': { detail: { eventSource: 'sagemaker.amazonaws.com' } },
    },
    aims: {
      principal: {
        code: '({ detail }) => callerOf(detail.userIdentity).targets',
        from: { file: principal, names: ['callerOf'] },
      },
      subject: {
        code: `({ detail }) => ({ subject: \`\${callerOf(detail.userIdentity).name}: \${detail.eventName}\` })`,
        from: { file: principal, names: ['callerOf'] },
      },
    },
  },

  'CloudWatch Alarm State Change': {
    helper: 'alarm',
    about: ['AWS/Bedrock', 'AWS/Bedrock/Agents', 'AWS/Bedrock/Guardrails', 'AWS/SageMaker'],
    because: (namespace) => `An alarm on a metric of ${namespace} went off.`,
    attack: ['T1496', 'LLM10'],
    when: (namespace) => `alarm({ namespace: ['${namespace}'] })`,
    subject: '({ detail }) => detail.alarmName',
    sample: alarm,
    fires: (namespace) => ({
      detail: {
        configuration: {
          metrics: [{ id: 'm1', metricStat: { metric: { namespace, name: 'Invocations', dimensions: {} } } }],
        },
      },
    }),
    not: {
      not: { detail: { state: { value: 'OK' } } },
      'not-other-metric': {
        detail: {
          configuration: {
            metrics: [
              { id: 'm1', metricStat: { metric: { namespace: 'AWS/EC2', name: 'X', dimensions: {} } } },
            ],
          },
        },
      },
    },
    aims: { subject: { code: '({ detail }) => ({ subject: detail.alarmName })' } },
  },
}
