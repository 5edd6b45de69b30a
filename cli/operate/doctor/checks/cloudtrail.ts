import {
  CloudTrailClient,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail'
import { type CheckCall, type DoctorCheck, failedCheck, passedCheck, warningCheck } from '../check.ts'
import { bestOf, trailsOf } from '../read-trails.ts'
import { dataOf, managementOf, selectorsWith, type Trail } from '../trail.ts'

/** Resource types that CloudTrail logs as data events only, and the rules that need them. Source: CloudTrail User Guide, "Data events". */
export const data: { type: string; rules: string[]; some?: true }[] = [
  { type: 'AWS::Bedrock::Guardrail', rules: ['end-user-attacks', 'end-user-persists'] },
  { type: 'AWS::BedrockMantle::Project', rules: ['bedrock-mantle-inference'] },
  { type: 'AWS::SageMaker::Endpoint', rules: ['inference-volume'] },
  // Data events of all objects cost more than the rest of the stack: a person names the buckets.
  { type: 'AWS::S3::Object', rules: ['model-artefacts-read'], some: true },
  { type: 'AWS::Bedrock::KnowledgeBase', rules: [] },
  { type: 'AWS::Bedrock::AgentAlias', rules: [] },
  { type: 'AWS::DynamoDB::Table', rules: [], some: true },
]

export const trail: DoctorCheck = {
  name: 'trail',
  title: 'CloudTrail',
  why: 'without a trail EventBridge receives no API calls: most rules never match',
  fix: 'aws cloudtrail create-trail --name audit --s3-bucket-name <bucket> --is-multi-region-trail, then start-logging',
  async check() {
    const trails = await trailsOf()
    const best = bestOf(trails)
    if (!best) return failedCheck('there is no trail')
    const { reads, writes } = managementOf(best)
    const lacks = [
      ...(best.isLogging ? [] : ['does not log']),
      ...(best.isMultiRegion ? [] : ['covers one Region only']),
      ...(writes ? [] : ['excludes write-only management events']),
      ...(reads ? [] : ['excludes read-only management events, such as model invocations']),
    ]
    const name = nameOf(best)
    const fix = 'portcullis doctor --fix trail'
    return lacks.length > 0
      ? failedCheck(`${name} ${lacks.join(', ')}`, fix)
      : passedCheck(`${name} logs all management events`)
  },
  async fixCalls() {
    const best = bestOf(await trailsOf())
    if (!best) return []
    const { reads, writes } = managementOf(best)
    const client = new CloudTrailClient({})
    const named = `--name ${best.arn}`
    const every = { Name: 'management events', FieldSelectors: [category('Management')] }
    const data = selectorsWith(best, []).filter(
      ({ FieldSelectors }) => !JSON.stringify(FieldSelectors).includes('"Management"'),
    )
    return [
      ...(best.isMultiRegion
        ? []
        : [
            {
              says: `cloudtrail update-trail ${named} --is-multi-region-trail`,
              make: () => client.send(new UpdateTrailCommand({ Name: best.arn, IsMultiRegionTrail: true })),
            },
          ]),
      ...(reads && writes ? [] : [putSelectors(best, [every, ...data])]),
      ...(best.isLogging
        ? []
        : [
            {
              says: `cloudtrail start-logging ${named}`,
              make: () => client.send(new StartLoggingCommand({ Name: best.arn })),
            },
          ]),
    ]
  },
}

export const dataEvents: DoctorCheck = {
  name: 'data-events',
  title: 'data events',
  why: 'calls to guardrails, SageMaker endpoints, the Bedrock Mantle endpoint and S3 objects are data events only',
  fix: 'create a trail, then name buckets and tables yourself: aws cloudtrail put-event-selectors (data events cost extra)',
  async check() {
    const trails = await trailsOf()
    const missing = missingOf(trails)
    if (missing.length === 0) return passedCheck(data.map(({ type }) => short(type)).join(', '))
    const blind = missing.flatMap(({ rules }) => rules)
    const says = `not logged: ${missing.map(({ type }) => short(type)).join(', ')}`
    const canFix = trails.length > 0 && missing.some(({ some, rules }) => !some && rules.length > 0)
    const fix = canFix ? { fix: 'portcullis doctor --fix data-events' } : {}
    return blind.length > 0
      ? {
          ...failedCheck(`${says}. Without them these rules never match: ${blind.join(', ')}`),
          ...fix,
        }
      : { ...warningCheck(`${says}. No rule needs them yet`), ...fix }
  },
  async fixCalls() {
    const trails = await trailsOf()
    const best = bestOf(trails)
    const whole = missingOf(trails).filter(({ some, rules }) => !some && rules.length > 0)
    const types = whole.map(({ type }) => type)
    return best && types.length > 0 ? [putSelectors(best, selectorsWith(best, types))] : []
  },
}

function putSelectors({ arn }: Trail, AdvancedEventSelectors: ReturnType<typeof selectorsWith>): CheckCall {
  const put = new PutEventSelectorsCommand({ TrailName: arn, AdvancedEventSelectors })
  return {
    says: `cloudtrail put-event-selectors --trail-name ${arn} --advanced-event-selectors '${JSON.stringify(AdvancedEventSelectors)}'`,
    make: () => new CloudTrailClient({}).send(put),
  }
}

const category = (value: string) => ({ Field: 'eventCategory', Equals: [value] })
const short = (type: string): string => type.split('::').slice(1).join(' ')
const nameOf = ({ arn }: Trail): string => arn.split('/').at(-1) ?? arn

function missingOf(trails: Trail[]): typeof data {
  const logged = new Set(trails.filter(({ isLogging }) => isLogging).flatMap(dataOf))
  return data.filter(({ type }) => !logged.has(type))
}
