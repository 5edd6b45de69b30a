import { BedrockClient, GetModelInvocationLoggingConfigurationCommand } from '@aws-sdk/client-bedrock'
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { type DoctorCheck, failedCheck, passedCheck, warningCheck } from '../check.ts'

const day = 86_400_000

export const invocationLog: DoctorCheck = {
  name: 'invocation-log',
  title: 'model log',
  why: 'what users ask, and who they are, stands nowhere else; each Region has its own',
  fix: 'aws bedrock put-model-invocation-logging-configuration … textDataDeliveryEnabled=true (it names a log group and a role)',
  async check({ region }) {
    const { loggingConfig } = await new BedrockClient({}).send(
      new GetModelInvocationLoggingConfigurationCommand({}),
    )
    const { cloudWatchConfig, s3Config, textDataDeliveryEnabled } = loggingConfig ?? {}
    const place = cloudWatchConfig?.logGroupName ?? (s3Config && `s3://${s3Config.bucketName}`)
    if (!place) return failedCheck(`calls of models are not logged in ${region}`)
    return textDataDeliveryEnabled
      ? passedCheck(`to ${place}`)
      : failedCheck(`to ${place}, but without texts`)
  },
}

export const regions: DoctorCheck = {
  name: 'bedrock-regions',
  title: 'Bedrock',
  why: 'rules hear of this Region alone: an attacker takes another',
  fix: 'forward its events to this bus, and log invocations there; or deny Bedrock there by an SCP',
  async check({ region }) {
    const { Regions = [] } = await new EC2Client({}).send(new DescribeRegionsCommand({}))
    const names = Regions.flatMap(({ RegionName }) => RegionName ?? [])
    const others = names.filter((name) => name !== region)
    const used = await Promise.all(others.map(async (name) => ((await isUsed(name)) ? [name] : [])))
    const found = used.flat()
    const says = `used in ${found.join(', ')} too, within a day`
    return found.length > 0
      ? warningCheck(says)
      : passedCheck(`in ${names.length} Regions, used in no other within a day`)
  },
}

/** Whether anybody called Bedrock there. CloudTrail remembers management events, as calls of models are, in each Region. */
async function isUsed(region: string): Promise<boolean> {
  const lookup = new LookupEventsCommand({
    LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'bedrock.amazonaws.com' }],
    StartTime: new Date(Date.now() - day),
    MaxResults: 1,
  })
  const { Events = [] } = await new CloudTrailClient({ region }).send(lookup)
  return Events.length > 0
}
