import type { Json } from '../../../../engine/state.ts'
import { canonical } from '../../../../lib/canonical.ts'
import { readParameters } from '../../../../responders/channels/secrets.ts'
import { type DoctorCheck, failedCheck, passedCheck, unknownCheck, warningCheck } from '../check.ts'

export const parameters: DoctorCheck = {
  name: 'stage',
  title: 'stage file',
  why: 'the functions use the deployed parameter, not the file',
  fix: 'portcullis deploy',
  deployed: true,
  async check({ prefix, stage, responders }) {
    const { routing: deployed } = await readParameters(prefix)
    const people = `${deployed.people.length} people, ${deployed.approvers.length} approver groups`
    const same = canonical(deployed as unknown as Json) === canonical(responders as unknown as Json)
    if (!same) return warningCheck(`/${prefix}/stage differs from infrastructure/stages/${stage}.json`)
    return deployed.approvers.length > 0
      ? passedCheck(people)
      : warningCheck(
          `there are no approvers (${people})`,
          `name people, groups and approvers in infrastructure/stages/${stage}.json, then run portcullis deploy`,
        )
  },
}

export const slackSecret: DoctorCheck = {
  name: 'slack-secret',
  title: 'Slack secret',
  why: 'without it every click in Slack is rejected',
  fix: 'aws ssm put-parameter --type SecureString --name /portcullis-<stage>/slack-signing-secret --value <secret>',
  deployed: true,
  async check({ prefix, stage }) {
    const { routing: deployed, signingSecret } = await readParameters(prefix)
    if (!deployed.slack)
      return unknownCheck(`not configured: infrastructure/stages/${stage}.json has no Slack`)
    const name = `/${prefix}/slack-signing-secret`
    return signingSecret
      ? passedCheck('set')
      : failedCheck(
          `the parameter ${name} does not exist`,
          `aws ssm put-parameter --type SecureString --name ${name} --value <secret>`,
        )
  },
}
