import { describe, expect, it } from 'vitest'
import { breaches } from '../../local/slack/limits.ts'

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
const string = (length: number) => 'x'.repeat(length)
const times = (count: number, of: (index: number) => object) => Array.from({ length: count }, (_, n) => of(n))
const divider = () => ({ type: 'divider' })
const section = (more: object) => ({ type: 'section', ...more })
const header = (text: object) => ({ type: 'header', text })
const actions = (...elements: object[]) => ({ type: 'actions', block_id: 'decide', elements })
const button = (more: object = {}) => ({ type: 'button', action_id: 'approve', text: plain(7), ...more })
const asking = (confirm: object) => actions(button({ confirm: { text: plain(9), ...confirm } }))
const choosing = (option: object) =>
  actions({ type: 'static_select', action_id: 'for', options: [{ text: plain(2), value: '1h', ...option }] })
const modal = (more: object = {}) => ({
  view: { type: 'modal', callback_id: 'decide', title: plain(24), blocks: [], ...more },
})

/** The maximum size of each block. */
const sizes: Record<string, [number, (size: number) => object]> = {
  'a section': [3_000, (size) => section({ text: plain(size) })],
  'a field': [2_000, (size) => section({ fields: [plain(size)] })],
  fields: [10, (size) => section({ fields: times(size, () => plain(5)) })],
  'a header': [150, (size) => header(plain(size))],
  'elements of a context': [10, (size) => ({ type: 'context', elements: times(size, () => plain(5)) })],
  buttons: [25, (size) => actions(...times(size, (n) => button({ action_id: `a${n}` })))],
  'a button': [75, (size) => actions(button({ text: plain(size) }))],
  "a button's value": [2_000, (size) => actions(button({ value: string(size) }))],
  "a button's URL": [3_000, (size) => actions(button({ url: string(size) }))],
  "a button's label": [75, (size) => actions(button({ accessibility_label: string(size) }))],
  'an action_id': [255, (size) => actions(button({ action_id: string(size) }))],
  'a block_id': [255, (size) => ({ type: 'divider', block_id: string(size) })],
  "a confirmation's title": [100, (size) => asking({ title: plain(size) })],
  "a confirmation's text": [300, (size) => asking({ text: plain(size) })],
  "a confirmation's consent": [30, (size) => asking({ confirm: plain(size) })],
  "a confirmation's refusal": [30, (size) => asking({ deny: plain(size) })],
  'an option': [75, (size) => choosing({ text: plain(size) })],
}

/** The maximum size of whole calls, with the error. */
const wholes: Record<string, [number, string, string, (size: number) => object]> = {
  'a text': [40_000, 'chat.postMessage', 'msg_too_long', (size) => ({ text: string(size) })],
  blocks: [50, 'chat.update', 'invalid_blocks', (size) => ({ blocks: times(size, divider) })],
  "a modal's blocks": [
    100,
    'views.open',
    'invalid_arguments',
    (size) => modal({ blocks: times(size, divider) }),
  ],
  "a modal's title": [24, 'views.open', 'invalid_arguments', (size) => modal({ title: plain(size) })],
  private_metadata: [
    3_000,
    'views.update',
    'invalid_arguments',
    (size) => modal({ private_metadata: string(size) }),
  ],
}

const same = { type: 'divider', block_id: 'decide' }
const reason = { type: 'plain_text_input', action_id: 'reason' }
const input = { type: 'input', block_id: 'reason', label: plain(6), element: reason }

/** Blocks that are not valid whatever their size, with the error. */
const wrong: Record<string, [object[], string]> = {
  'two blocks of one id': [[same, same], 'block_id is there already [json-pointer:/blocks/1/block_id]'],
  'two buttons of one id': [
    [actions(button(), button())],
    'action_id is there already [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  'mrkdwn in a header': [
    [header({ type: 'mrkdwn', text: 'x' })],
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  'a section of nothing': [[section({})], 'must define either `text` or `fields` [json-pointer:/blocks/0]'],
  'an empty text': [
    [section({ text: plain(0) })],
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  'an unknown field': [
    [{ ...same, blockId: 'x' }],
    'invalid additional property: blockId [json-pointer:/blocks/0]',
  ],
  'an unknown block': [[{ type: 'marquee' }], 'unsupported type: marquee [json-pointer:/blocks/0/type]'],
  'an unknown style': [
    [actions(button({ style: 'warning' }))],
    'must be primary or danger [json-pointer:/blocks/0/elements/0/style]',
  ],
}

describe("Slack's limits", () => {
  it.each(Object.entries(sizes))('accept %s of the maximum size, and refuse one more', (_, [most, sized]) => {
    const of = (size: number) => breaches('chat.postMessage', { text: 'x', blocks: [sized(size)] })
    expect(of(most)).toEqual([])
    expect(of(most + 1)).toEqual([expect.stringMatching(/^invalid_blocks: .*\[json-pointer:\/blocks\/0/)])
  })

  it.each(Object.entries(wholes))('accept %s of the maximum size, and refuse one more', (_, whole) => {
    const [most, method, error, sized] = whole
    expect(breaches(method, sized(most))).toEqual([])
    expect(breaches(method, sized(most + 1))).toEqual([expect.stringMatching(`^${error}: `)])
  })

  it.each(Object.entries(wrong))('refuse %s', (_, [blocks, says]) => {
    expect(breaches('chat.postMessage', { blocks })).toEqual([`invalid_blocks: ${says}`])
  })

  it('refuse blocks that are too long in total', () => {
    const blocks = times(5, () => section({ text: plain(2_800) }))
    expect(breaches('chat.update', { blocks })).toEqual([expect.stringMatching('^msg_blocks_too_long: ')])
  })

  it('refuse blocks that are not a list, and a modal without a view', () => {
    expect(breaches('chat.postMessage', { blocks: '{}' })).toEqual([
      expect.stringMatching('^invalid_blocks_format: '),
    ])
    expect(breaches('views.open', {})).toEqual([
      expect.stringMatching('^invalid_arguments: must be an object'),
    ])
  })

  it('refuse a modal with an input and without a submit button', () => {
    const says = 'invalid_arguments: missing required field: submit [json-pointer:/view]'
    expect(breaches('views.open', modal({ blocks: [input] }))).toEqual([says])
    expect(breaches('views.open', modal({ blocks: [input], submit: plain(6) }))).toEqual([])
  })

  it('apply to every method that posts a message, and to no other', () => {
    const body = { text: 'x', blocks: [header(plain(151))] }
    for (const method of ['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'response_url']) {
      expect(breaches(method, body)).toHaveLength(1)
    }
    expect(breaches('conversations.history', body)).toEqual([])
  })
})
