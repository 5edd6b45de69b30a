import type { Button } from '@slack/types'
import { type App, type ClickedBy, click, type Pressed } from './click.ts'
import type { SignedRequest } from './sign.ts'
import type { LocalSlack, StoredMessage } from './start.ts'

/** The buttons of a message. Slack reports every press to the app, including presses of link buttons. */
export function pressable(message: StoredMessage): Pressed[] {
  return (message.blocks ?? []).flatMap((block) => {
    const elements =
      block.type === 'actions' ? block.elements : block.type === 'section' ? [block.accessory] : []
    const { block_id } = block
    return elements
      .filter((element): element is Button => element?.type === 'button')
      .map((button) => ({ ...button, ...(block_id && { block_id }) }))
  })
}

/** Presses the first button of this verb as a user, by name or id. Throws when the message has no such button. */
export async function press(
  slack: LocalSlack,
  message: StoredMessage,
  verb: string,
  by: string,
  app: App & Pick<ClickedBy, 'at' | 'forge'>,
): Promise<SignedRequest> {
  const buttons = pressable(message)
  const action = buttons.find(({ action_id }) => action_id === verb)
  if (!action) {
    const others = buttons.map(({ action_id }) => action_id).join(', ') || 'none'
    throw new Error(`The message ${message.ts} has no button ${verb}; it has ${others}.`)
  }
  return click({ slack, message, action, user: slack.users[by] ?? by, ...app })
}
