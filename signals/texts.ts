import { at, type Fields, fields, get, list } from './fields.ts'

/** The texts of one part of an answer, in order, as the models on Bedrock write them. Only ever to be measured. */
export function completionIn(part: Fields): string[] {
  const places = [
    ...list(at(part, 'output', 'message', 'content')),
    ...list(get(part, 'content')),
    ...list(get(part, 'results')).map((one) => ({ text: at(one, 'outputText') })),
    ...list(get(part, 'choices')).map((one) => ({
      text: at(one, 'message', 'content') ?? at(one, 'delta', 'content'),
    })),
    get(part, 'delta'),
    at(part, 'output'),
    { text: get(part, 'outputText') ?? get(part, 'generation') ?? get(part, 'completion') },
  ]
  return places.flatMap(textIn)
}

/** The prompt of a request: what the user said last. Histories repeat the rest. */
export function promptIn(request: unknown): string {
  const body = fields(request)
  const asked = list(get(body, 'messages')).findLast((one) => at(one, 'role') === 'user')
  const content = at(asked, 'content')
  const places = [
    { text: content },
    ...list(content),
    { text: get(body, 'inputText') ?? get(body, 'prompt') ?? get(body, 'input') },
  ]
  return places.flatMap(textIn).join('')
}

function textIn(place: unknown): string[] {
  const text = at(place, 'text') ?? at(place, 'guardContent', 'text', 'text')
  return typeof text === 'string' ? [text] : []
}
