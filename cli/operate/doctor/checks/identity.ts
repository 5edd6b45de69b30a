import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type DoctorCheck, failedCheck, passedCheck, unknownCheck, warningCheck } from '../check.ts'

/** STS, IAM and our own proofs accept a clock skew of five minutes. Source: IAM User Guide, "SigV4". */
const maxSkewSeconds = 300
const warningSkewSeconds = 60

export const identity: DoctorCheck = {
  name: 'identity',
  title: 'identity',
  why: 'every other check uses it',
  fix: 'aws sso login   (or --profile <name>)',
  async check({ region }) {
    const { Arn = '', Account = '' } = await new STSClient({}).send(new GetCallerIdentityCommand({}))
    return passedCheck(`${Arn.split(':').at(-1)} in ${Account} ${region}`)
  },
}

export const clockCheck: DoctorCheck = {
  name: 'clock',
  title: 'clock',
  why: 'AWS, the decision functions and Slack reject requests signed five minutes early or late',
  fix: 'synchronize the clock: timedatectl set-ntp true',
  async check() {
    const skew = await skewOf()
    if (skew === undefined) return unknownCheck('cannot be checked: the response of AWS had no date')
    const off = Math.abs(skew)
    const says = off === 0 ? 'in sync with AWS' : `${off} s ${skew < 0 ? 'behind' : 'ahead of'} AWS`
    if (off >= maxSkewSeconds) return failedCheck(says)
    return off >= warningSkewSeconds ? warningCheck(says) : passedCheck(says)
  },
}

/** Seconds by which this machine is ahead of the `Date` header of a response, which is exact to a second. */
async function skewOf(): Promise<number | undefined> {
  const client = new STSClient({})
  let date: string | undefined
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args)
      date = dateOf(answer.response)
      return answer
    },
    { step: 'deserialize', override: true, name: 'date', priority: 'low' },
  )
  const sent = Date.now()
  await client.send(new GetCallerIdentityCommand({})).catch((error: { $response?: unknown }) => {
    // A request with a skewed signature is rejected, but the response has a date as well.
    date ??= dateOf(error.$response)
    if (!date) throw error
  })
  const there = Date.parse(date ?? '')
  if (Number.isNaN(there)) return undefined
  const ahead = sent - (there + 1000)
  const behind = there - Date.now()
  return Math.round(Math.max(0, ahead, behind) / 1000) * (behind > 0 ? -1 : 1)
}

const dateOf = (answer: unknown): string | undefined =>
  (answer as { headers?: Record<string, string> } | undefined)?.headers?.date

export const region: DoctorCheck = {
  name: 'region',
  title: 'Region',
  why: 'events of IAM, Organizations and root sign-ins are delivered in us-east-1 only',
  fix: 'deploy in us-east-1, and forward the events of other Regions to its event bus (README, "Deploy")',
  check: async ({ region }) =>
    region === 'us-east-1'
      ? passedCheck(region)
      : warningCheck(`${region} does not receive the events of IAM and of root sign-ins`),
}
