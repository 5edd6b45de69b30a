/** Slack's documented limits, independent of the code that builds messages: https://docs.slack.dev/reference/block-kit. */
interface Text {
  type: string
  text: string
}
type Loose = { type: string; [key: string]: unknown }

const kinds = ['header', 'section', 'context', 'actions', 'divider', 'input']

/** Everything in a message or a modal that Slack would refuse; empty when it is valid. */
export function refusals({ text, blocks }: { text?: string; blocks: unknown[] }, most = 50): string[] {
  const problems: string[] = []
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem)
  }
  const texted = (it: unknown, longest: number, where: string, plainOnly = false) => {
    const { type, text: says } = (it ?? {}) as Text
    check(
      type === 'plain_text' || (!plainOnly && type === 'mrkdwn'),
      `${where} has no text of an allowed type`,
    )
    check(typeof says === 'string' && says.length >= 1, `${where} is empty`)
    check((says ?? '').length <= longest, `${where} has ${says?.length} characters, not ${longest}`)
    check(!/&[a-z]{0,4}$|&(?!amp;|lt;|gt;)/.test(says ?? ''), `${where} has half an escape`)
  }
  check(blocks.length >= 1 && blocks.length <= most, `${blocks.length} blocks`)
  check(JSON.stringify({ text, blocks }).length <= 10_000, 'the message has more than 10,000 characters')
  check(text === undefined || text.length > 0, 'no text for notifications')
  for (const block of blocks as Loose[]) {
    check(kinds.includes(block.type), `${block.type} is not a block that we use`)
    if (block.type === 'header') texted(block.text, 150, 'header', true)
    if (block.type === 'section') {
      const fields = (block.fields ?? []) as unknown[]
      check(Boolean(block.text) || fields.length > 0, 'section with nothing in it')
      if (block.text) texted(block.text, 3000, 'section')
      check(fields.length <= 10, 'more than 10 fields')
      for (const field of fields) texted(field, 2000, 'field')
    }
    if (block.type === 'context') {
      const elements = block.elements as unknown[]
      check(elements.length >= 1 && elements.length <= 10, `${elements.length} context elements`)
      for (const element of elements) texted(element, 3000, 'context')
    }
    if (block.type === 'actions') {
      const elements = block.elements as Loose[]
      check(elements.length >= 1 && elements.length <= 25, `${elements.length} actions`)
      const ids = elements.map(({ action_id }) => action_id)
      check(new Set(ids).size === ids.length, 'two actions with one id')
      for (const element of elements) button(element)
    }
    if (block.type === 'input') texted(block.label, 2000, 'label', true)
  }
  return problems

  function button(it: Loose): void {
    texted(it.text, 75, 'button', true)
    check(String(it.action_id).length <= 255, 'action_id')
    check(String(it.value).length <= 2000, 'value')
    const dialog = it.confirm as Record<string, unknown> | undefined
    if (!dialog) return
    texted(dialog.title, 100, 'confirm title', true)
    texted(dialog.text, 300, 'confirm text')
    texted(dialog.confirm, 30, 'confirm button', true)
    texted(dialog.deny, 30, 'deny button', true)
  }
}

/** Every text in blocks, at any depth. */
export const textsOf = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === 'text' && typeof inner === 'string' ? [inner] : textsOf(inner),
      )
