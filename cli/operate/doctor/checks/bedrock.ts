import { BedrockClient, GetModelInvocationLoggingConfigurationCommand } from '@aws-sdk/client-bedrock'
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { type DoctorCheck, failedCheck, passedCheck, warningCheck } from '../check.ts'

const dayMs = 86_400_000

export const invocationLog: DoctorCheck = {
  name: 'invocation-log',
  title: 'model log',
  why: 'prompts and their users are recorded only there; each Region has its own setting',
  fix: 'aws bedrock put-model-invocation-logging-configuration … textDataDeliveryEnabled=true (with a log group and a role)',
  async check({ region }) {
    const { loggingConfig } = await new BedrockClient({}).send(
      new GetModelInvocationLoggingConfigurationCommand({}),
    )
    const { cloudWatchConfig, s3Config, textDataDeliveryEnabled } = loggingConfig ?? {}
    const place = cloudWatchConfig?.logGroupName ?? (s3Config && `s3://${s3Config.bucketName}`)
    if (!place) return failedCheck(`model invocations are not logged in ${region}`)
    return textDataDeliveryEnabled
      ? passedCheck(`to ${place}`)
      : failedCheck(`to ${place}, but without text data`)
  },
}

export const regions: DoctorCheck = {
  name: 'bedrock-regions',
  title: 'Bedrock',
  why: 'rules receive events of this Region only: an attacker uses another one',
  fix: 'forward its events to this event bus and log invocations there, or deny Bedrock there by an SCP',
  async check({ region }) {
    const { Regions = [] } = await new EC2Client({}).send(new DescribeRegionsCommand({}))
    const names = Regions.flatMap(({ RegionName }) => RegionName ?? [])
    const others = names.filter((name) => name !== region)
    const used = await Promise.all(others.map(async (name) => ((await isUsed(name)) ? [name] : [])))
    const found = used.flat()
    const says = `also used in ${found.join(', ')} in the last 24 hours`
    return found.length > 0
      ? warningCheck(says)
      : passedCheck(`${names.length} Regions; in the last 24 hours used in no other one`)
  },
}

/** Whether Bedrock was called in a Region. CloudTrail keeps management events, such as model invocations, per Region. */
async function isUsed(region: string): Promise<boolean> {
  const lookup = new LookupEventsCommand({
    LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'bedrock.amazonaws.com' }],
    StartTime: new Date(Date.now() - dayMs),
    MaxResults: 1,
  })
  const { Events = [] } = await new CloudTrailClient({ region }).send(lookup)
  return Events.length > 0
}
