import type { InputBlock, KnownBlock } from '@slack/types'

/** The `state.values` of a modal: the value of each input, by block and action; null where it is empty. */
export function modalStateOf(blocks: KnownBlock[], values: Record<string, string>) {
  const inputs = blocks.filter((block) => block.type === 'input')
  const strange = Object.keys(values).filter((id) => !inputs.some(({ block_id }) => block_id === id))
  if (strange.length > 0) throw new Error(`The modal has no input ${strange.join(', ')}.`)
  return Object.fromEntries(inputs.map((input) => [input.block_id, stateOfInput(input, values)]))
}

function stateOfInput({ block_id = '', element }: InputBlock, values: Record<string, string>) {
  const { type, action_id = '' } = element as { type: string; action_id?: string }
  const value = values[block_id] ?? null
  if (!('options' in element)) return { [action_id]: { type, value } }
  const chosen = element.options?.find((option) => option.value === value) ?? null
  if (value !== null && !chosen) throw new Error(`The input ${block_id} has no option ${value}.`)
  return { [action_id]: { type, selected_option: chosen } }
}
