import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type DoctorCheck, failedCheck, passedCheck, unknownCheck, warningCheck } from '../check.ts'

/** STS, IAM and our own proofs take a request that is five minutes old. Source: IAM User Guide, "SigV4". */
const mostSeconds = 300
const oddSeconds = 60

export const identity: DoctorCheck = {
  name: 'identity',
  title: 'identity',
  why: 'everything else is asked with it',
  fix: 'aws sso login   (or --profile <name>)',
  async check({ region }) {
    const { Arn = '', Account = '' } = await new STSClient({}).send(new GetCallerIdentityCommand({}))
    return passedCheck(`${Arn.split(':').at(-1)} in ${Account} ${region}`)
  },
}

export const clock: DoctorCheck = {
  name: 'clock',
  title: 'clock',
  why: 'AWS refuses what is signed five minutes early or late, and so do decisions and Slack',
  fix: 'set the clock by the network: timedatectl set-ntp true',
  async check() {
    const skew = await skewOf()
    if (skew === undefined) return unknownCheck('cannot be checked: AWS did not say what time it is')
    const off = Math.abs(skew)
    const says = off === 0 ? 'as AWS has it' : `${off} s ${skew < 0 ? 'behind' : 'ahead of'} AWS`
    if (off >= mostSeconds) return failedCheck(says)
    return off >= oddSeconds ? warningCheck(says) : passedCheck(says)
  },
}

/** Seconds by which the clock of this machine is ahead of the `Date` of an answer, which is known to a second. */
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
    // A request that was signed too early or too late is refused: the answer is dated all the same.
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
  why: 'IAM, Organizations and sign-ins of root tell us-east-1 alone',
  fix: 'deploy in us-east-1, and forward the events of other Regions to its bus (README, "Deploy")',
  check: async ({ region }) =>
    region === 'us-east-1'
      ? passedCheck(region)
      : warningCheck(`${region}: what IAM and root do is not seen there`),
}
