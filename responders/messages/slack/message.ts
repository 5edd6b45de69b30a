import type { IncidentView } from '../view/incident-view.ts'
import { bold, codeSpan, context, escaped, fields, header, mrkdwn, plainText, section } from './blocks.ts'
import { decisionBlocks } from './decision-blocks.ts'
import { fitToLimits, type SlackDraft, type SlackMessage } from './limits.ts'
import { partBlocks } from './part-blocks.ts'

/** Options of every post: Slack does not parse the text for links or names, and does not unfurl links. */
export const slackOptions = {
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const

/** An incident as a Slack message; `mention` is the id of a Slack user group. The order of the blocks is fixed. */
export function slackMessage(view: IncidentView, { mention }: { mention?: string } = {}): SlackMessage {
  const call = mention && view.mention ? `<!subteam^${mention.replace(/\W/g, '')}> ` : ''
  const drafts: SlackDraft[] = [
    { block: header(view.header) },
    { block: section(plainText(view.what)), drop: 1 },
    { block: section(mrkdwn(`${call}${bold(view.next)}`)) },
    { block: fields(view.facts), drop: 2 },
    ...view.parts.flatMap((part, index) => partBlocks(part, view, index)),
    ...(view.notes.length > 0 ? [{ block: context(plainText(view.notes.join(' · '))) }] : []),
    { block: context(mrkdwn(`${codeSpan(view.incident)}${commandWords(view)}`)) },
    ...decisionBlocks(view),
  ]
  return fitToLimits(escaped(view.text), drafts, moreOf(view.incident))
}

const commandWords = ({ command, severity }: IncidentView): string =>
  command && severity !== 'critical' ? ` · or in the CLI: ${codeSpan(command)}` : ''

const moreOf = (incident: string) =>
  context(mrkdwn(`… more in ${codeSpan(`portcullis incidents show ${incident}`)}`))
