import { known } from '../../channels/secrets.ts'
import { canonical, type Json } from '../../engine/state.ts'
import { type Check, failed, ok, unknown, warning } from '../check.ts'

export const parameters: Check = {
  name: 'stage',
  title: 'stage file',
  why: 'the functions know those whom the deployed parameter names, and nobody else',
  fix: 'portcullis deploy',
  deployed: true,
  async check({ prefix, stage, responders }) {
    const { stage: deployed } = await known(prefix)
    const people = `${deployed.people.length} people, ${deployed.approvers.length} groups approve`
    const same = canonical(deployed as unknown as Json) === canonical(responders as unknown as Json)
    if (!same) return warning(`/${prefix}/stage is not what stages/${stage}.json says here`)
    return deployed.approvers.length > 0
      ? ok(people)
      : warning(
          `nobody may approve anything (${people})`,
          `name people, groups and approvers in stages/${stage}.json, then portcullis deploy`,
        )
  },
}

export const slackSecret: Check = {
  name: 'slack-secret',
  title: 'Slack secret',
  why: 'without it no click in Slack is believed',
  fix: 'aws ssm put-parameter --type SecureString --name /portcullis-<stage>/slack-signing-secret --value <it>',
  deployed: true,
  async check({ prefix, stage }) {
    const { stage: deployed, signingSecret } = await known(prefix)
    if (!deployed.slack) return unknown(`nothing to check: stages/${stage}.json has no Slack`)
    const name = `/${prefix}/slack-signing-secret`
    return signingSecret
      ? ok('there')
      : failed(
          `there is no parameter ${name}`,
          `aws ssm put-parameter --type SecureString --name ${name} --value <it>`,
        )
  },
}
