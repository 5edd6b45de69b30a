import { type KnownParameters, readParameters } from '../channels/secrets.ts'

/** What the function that faces the internet is told. It is not given the bot's token: it cannot speak in Slack. */
export const parameters = (prefix: string): Promise<KnownParameters> =>
  readParameters(prefix, ['stage', 'slack-signing-secret'])
