import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../cli/shell/project.ts'
import { rules } from '../../rules/index.ts'
import type { Detection } from '../../rules/rule.ts'
import { anchorOf, page, table } from './markdown.ts'

const guardDuty = 'GuardDuty finding'
const call = 'CloudTrail management event'
const dataEvent = 'CloudTrail data event'
const invocations = 'Model invocation log'
const alarm = 'CloudWatch alarm'
const gate = 'Signal of a gate or an application'

/** Every threat to an AI workload on AWS that is considered, and the source of the events that show it. */
export const threats: Readonly<Record<string, readonly [threat: string, source: string]>> = {
  'THREAT-01': [
    'Inference with a stolen identity, or at a cost out of proportion',
    `${guardDuty} (AI Protection)`,
  ],
  'THREAT-02': [
    'Direct prompt injection, stopped or only detected by a guardrail',
    `${guardDuty} (AI Protection)`,
  ],
  'THREAT-03': ['Leaked or exfiltrated AWS credentials', guardDuty],
  'THREAT-04': ['An attack sequence correlated from several signals', guardDuty],
  'THREAT-05': ['Access to a model enabled by an unexpected principal: the first step of LLMjacking', call],
  'THREAT-06': [
    'LLMjacking chain: reconnaissance, model access and inference by one set of credentials',
    `${call}, read-only included`,
  ],
  'THREAT-07': ['A spike of refused or invalid inference: probing of permissions, models or Regions', call],
  'THREAT-08': ['A long-term Bedrock API key created, or an API key used to administer Bedrock', call],
  'THREAT-09': ['The IAM user behind a Bedrock API key given further credentials or permissions', call],
  'THREAT-10': [
    'Inference through bedrock-mantle, outside the invocation log and outside `bedrock:*` policies',
    dataEvent,
  ],
  'THREAT-11': [
    'An access key that AWS found in public, or whose user AWS quarantined',
    `AWS Health event, ${call}`,
  ],
  'THREAT-12': ['Permissions of AI roles widened: policies, permissions boundaries, trust policies', call],
  'THREAT-13': ['Console sign-in as root or without MFA', 'CloudTrail sign-in event'],
  'THREAT-14': ['A guardrail deleted or weakened, or its enforcement ended', call],
  'THREAT-15': ['A guardrail weakened and a model run by the same principal shortly after', call],
  'THREAT-16': [
    'A control of the organization removed: SCP, Bedrock policy, membership of the account',
    `${call} of the management account`,
  ],
  'THREAT-17': [
    'Repeated guardrail interventions for one end user',
    `${dataEvent}, ${invocations.toLowerCase()}, applications`,
  ],
  'THREAT-18': ['Inference without the mandatory guardrail', invocations],
  'THREAT-19': ['Model invocation logging turned off, redirected, or its retention changed', call],
  'THREAT-20': ['Prompt injection, jailbreak or toxic content found before the model is called', gate],
  'THREAT-21': ['Personal data or secrets in a prompt or an answer', gate],
  'THREAT-22': ['Disclosure of the system prompt, shown by a canary token in an answer', gate],
  'THREAT-23': ['Malformed input: over-long, hidden characters, query injection, schema violation', gate],
  'THREAT-24': ['A surge of requests blocked by WAF, DDoS, unusual geography', alarm],
  'THREAT-25': ['A spike of requests, tokens or interventions on an AI API', alarm],
  'THREAT-26': ['Controls at the edge removed: request validator, authorizer, throttling, web ACL', call],
  'THREAT-27': ['The function that screens prompts changed, or opened to other callers', call],
  'THREAT-28': ['Cognito: guest credentials, weakened user pool, account takeover', call],
  'THREAT-29': ['An agent, action group, flow, memory or runtime changed outside the pipeline', call],
  'THREAT-30': ['A tool call refused by policy, or a high-risk tool used without approval', gate],
  'THREAT-31': ["An agent's role used for services outside the agent's purpose", call],
  'THREAT-32': ['A knowledge base or its sources tampered with, or poisoned documents', `${call}, S3 event`],
  'THREAT-33': ["Retrieval without the caller's permission filter, or outside it", `${gate}, ${dataEvent}`],
  'THREAT-34': ['A runaway agent loop, or a token budget that is exceeded', `${invocations}, applications`],
  'THREAT-35': ['Authentication or policy of a tool gateway (MCP) weakened', call],
  'THREAT-36': ['A model package approved by the person who registered it', call],
  'THREAT-37': ['A model from an untrusted source: import, marketplace, foreign image or bucket', call],
  'THREAT-38': ['Model artefacts read in bulk or overwritten', dataEvent],
  'THREAT-39': ['High-volume inference: model extraction, membership inference', `${call}, ${dataEvent}`],
  'THREAT-40': ['A SageMaker endpoint changed outside the pipeline, or a failing rollout', 'SageMaker event'],
  'THREAT-41': ['Drift or adversarial input reported by model monitoring', alarm],
  'THREAT-42': ['Notebook abuse: lifecycle scripts, presigned URLs, internet or root access', call],
  'THREAT-43': ['Training data or jobs poisoned, or run without isolation or encryption', call],
  'THREAT-44': ['Data sets or models exposed: public buckets, shared snapshots and images', call],
  'THREAT-45': ['Sensitive data in a bucket of training data, documents or logs', 'Macie finding'],
  'THREAT-46': ['Drift of access points and resource policies around redaction', call],
  'THREAT-47': ['KMS keys of data or models disabled, scheduled for deletion or opened', call],
  'THREAT-48': ['Permissions or lineage of the data catalog changed (Lake Formation, Glue)', call],
  'THREAT-49': [
    'Unusual data access: scans of chat histories, anomalous call rates',
    `${dataEvent}, CloudTrail Insights`,
  ],
  'THREAT-50': [
    'Compromised compute: malware, command and control, mining on instances, containers, functions',
    guardDuty,
  ],
  'THREAT-51': ['Drift of the network boundary: security groups, NACLs, routes, flow logs, IMDS', call],
  'THREAT-52': [
    'A VPC endpoint deleted or opened, or exfiltration refused at one',
    `${call}, network activity event`,
  ],
  'THREAT-53': [
    'Critical vulnerabilities in images, hosts, functions or code of AI workloads',
    'Inspector finding',
  ],
  'THREAT-54': ['Container registry weakened: policies, scanning, overwritten tags', call],
  'THREAT-55': [
    'Systems Manager abused for remote execution, or drift of patches',
    `${call}, SSM compliance event`,
  ],
  'THREAT-56': ['Authentication between services weakened (VPC Lattice, Service Connect)', call],
  'THREAT-57': ['Capacity raised or quotas nearly exhausted', `${call}, ${alarm}`],
  'THREAT-58': ['Defences tampered with: trails, detectors, recorders, alarms, rules, this stack', call],
  'THREAT-59': ['An AI resource that becomes non-compliant with a Config rule', 'Config compliance event'],
  'THREAT-60': ['A finding of any other product, by Security Hub', 'Security Hub finding'],
}

/** The coverage of every threat: which rules detect it, what they call, how far, and which test events prove it. */
export function threatsPage(): string {
  const covered = Object.keys(threats).filter((id) => answersTo(id).length > 0)
  return page(
    'Threats',
    'docs/generate/threats.ts and the `threats` of each rule',
    `${covered.length} of ${Object.keys(threats).length} threats have a rule. The mode is the most that the rule does by itself; the ceiling of the
stage may lower it. Every rule is proven by test events: some trigger it, others differ in one condition and do not.`,
    table(
      ['id', 'threat', 'event source', 'rules and modes', 'playbooks', 'proven by'],
      Object.entries(threats).map(([id, [threat, source]]) => [
        id,
        threat,
        source,
        ...cellsOf(answersTo(id)),
      ]),
    ),
  )
}

const answersTo = (id: string): Detection[] =>
  rules.filter((rule) => rule.threats.some((threat) => threat === id))

function cellsOf(all: Detection[]): [string, string, string] {
  if (all.length === 0) return ['not yet', '', '']
  const playbooks = new Set(all.flatMap(({ then }) => Object.keys(then)))
  return [
    all.map(({ name, mode }) => `[${name}](reference/rules.md#${anchorOf(name)}): ${mode}`).join('\n'),
    [...playbooks].map((name) => `[${name}](reference/playbooks.md#${anchorOf(name)})`).join(', '),
    all.map(proofOf).join('\n'),
  ]
}

const proofOf = ({ name }: Detection): string => {
  const { length } = readdirSync(join(root, 'test/events', name))
  return `[${length} events](../test/events/${name})`
}
