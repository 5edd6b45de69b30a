import { also, arrayOf, boolean, isObject, object, type Shape, string, typed } from './shape.ts'

// The figures are those of docs.slack.dev/reference/block-kit, as @slack/types quotes them. Only blocks and elements that
// work on every client are listed; any other is refused, so that a test finds it first.

const plain = (most: number) => typed({ plain_text: object({ text: string(most) }, { emoji: boolean }) })
const text = (most: number) =>
  typed({
    plain_text: object({ text: string(most) }, { emoji: boolean }),
    mrkdwn: object({ text: string(most) }, { verbatim: boolean }),
  })
const style: Shape = (value, at) =>
  value === 'primary' || value === 'danger' ? [] : [{ at, says: 'must be primary or danger' }]

const image = object({ alt_text: string(2_000) }, { image_url: string(3_000) })
const confirm = object({ text: text(300) }, { title: plain(100), confirm: plain(30), deny: plain(30), style })
const option = object(
  { text: plain(75) },
  { value: string(75, 0), description: plain(75), url: string(3_000) },
)
const id = { action_id: string(255) }
const input = { ...id, placeholder: plain(150), focus_on_load: boolean }

const button = object(
  { text: plain(75) },
  {
    ...id,
    value: string(2_000, 0),
    url: string(3_000),
    accessibility_label: string(75),
    style,
    confirm,
  },
)
const staticSelect = object({ options: arrayOf(100, option) }, { ...input, initial_option: option, confirm })
const choices = object(
  { options: arrayOf(10, option) },
  { ...id, initial_option: option, focus_on_load: boolean, confirm },
)
const overflow = object({ options: arrayOf(5, option) }, { ...id, confirm })
const number: Shape = (value, at) =>
  Number.isInteger(value) && Number(value) <= 3_000
    ? []
    : [{ at, says: 'must be an integer of at most 3000' }]
const plainTextInput = object(
  {},
  { ...input, multiline: boolean, initial_value: string(3_000, 0), min_length: number, max_length: number },
)

const pressable = { button, static_select: staticSelect, overflow, radio_buttons: choices }
const block = { block_id: string(255, 0) }
const section = also(
  object(
    {},
    {
      ...block,
      text: text(3_000),
      fields: arrayOf(10, text(2_000)),
      accessory: typed({ ...pressable, image }),
      expand: boolean,
    },
  ),
  (value, at) =>
    isObject(value) && (value.text ?? value.fields)
      ? []
      : [{ at, says: 'must define either `text` or `fields`' }],
)

/** The blocks of a message or a modal, limited in number. */
export const blocks = (most: number): Shape =>
  arrayOf(
    most,
    typed({
      section,
      header: object({ text: plain(150) }, block),
      divider: object({}, block),
      image: object({ alt_text: string(2_000) }, { ...block, image_url: string(3_000), title: plain(2_000) }),
      context: object({ elements: arrayOf(10, contextElement) }, block),
      actions: object({ elements: arrayOf(25, typed(pressable), 'action_id') }, block),
      input: object(
        {
          label: plain(2_000),
          element: typed({
            plain_text_input: plainTextInput,
            static_select: staticSelect,
            radio_buttons: choices,
          }),
        },
        { ...block, hint: plain(2_000), optional: boolean, dispatch_action: boolean },
      ),
    }),
    'block_id',
  )

const modal = typed({
  modal: object(
    { title: plain(24), blocks: blocks(100) },
    {
      submit: plain(24),
      close: plain(24),
      private_metadata: string(3_000, 0),
      callback_id: string(255, 0),
      external_id: string(255, 0),
      clear_on_close: boolean,
      notify_on_close: boolean,
    },
  ),
})

/** A modal. One with an input block must have a submit button. */
export const modalView: Shape = also(modal, (value, at) => {
  const { blocks, submit } = value as { blocks: { type: string }[]; submit?: object }
  return submit || !blocks.some(({ type }) => type === 'input')
    ? []
    : [{ at, says: 'missing required field: submit' }]
})

function contextElement(value: unknown, at: string) {
  const shape = isObject(value) && value.type === 'image' ? typed({ image }) : text(2_000)
  return shape(value, at)
}
