import { type Known, known } from '../channels/secrets.ts'

/** What the function that faces the internet is told. It is not given the bot's token: it cannot speak in Slack. */
export const parameters = (prefix: string): Promise<Known> => known(prefix, ['stage', 'slack-signing-secret'])
