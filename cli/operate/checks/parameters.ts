import type { Json } from '../../../engine/state.ts'
import { canonical } from '../../../lib/canonical.ts'
import { readParameters } from '../../../responders/channels/secrets.ts'
import { type DoctorCheck, failedCheck, passedCheck, unknownCheck, warningCheck } from '../check.ts'

export const parameters: DoctorCheck = {
  name: 'stage',
  title: 'stage file',
  why: 'the functions know those whom the deployed parameter names, and nobody else',
  fix: 'portcullis deploy',
  deployed: true,
  async check({ prefix, stage, responders }) {
    const { routing: deployed } = await readParameters(prefix)
    const people = `${deployed.people.length} people, ${deployed.approvers.length} groups approve`
    const same = canonical(deployed as unknown as Json) === canonical(responders as unknown as Json)
    if (!same) return warningCheck(`/${prefix}/stage is not what stages/${stage}.json says here`)
    return deployed.approvers.length > 0
      ? passedCheck(people)
      : warningCheck(
          `nobody may approve anything (${people})`,
          `name people, groups and approvers in stages/${stage}.json, then portcullis deploy`,
        )
  },
}

export const slackSecret: DoctorCheck = {
  name: 'slack-secret',
  title: 'Slack secret',
  why: 'without it no click in Slack is believed',
  fix: 'aws ssm put-parameter --type SecureString --name /portcullis-<stage>/slack-signing-secret --value <it>',
  deployed: true,
  async check({ prefix, stage }) {
    const { routing: deployed, signingSecret } = await readParameters(prefix)
    if (!deployed.slack) return unknownCheck(`nothing to check: stages/${stage}.json has no Slack`)
    const name = `/${prefix}/slack-signing-secret`
    return signingSecret
      ? passedCheck('there')
      : failedCheck(
          `there is no parameter ${name}`,
          `aws ssm put-parameter --type SecureString --name ${name} --value <it>`,
        )
  },
}
