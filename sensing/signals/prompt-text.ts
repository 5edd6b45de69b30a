import { asFields, asList, at, type Fields, get } from './fields.ts'

/** The texts in one part of an answer, in order, in the forms of the models on Bedrock. Only their digest is kept. */
export function completionIn(part: Fields): string[] {
  const places = [
    ...asList(at(part, 'output', 'message', 'content')),
    ...asList(get(part, 'content')),
    ...asList(get(part, 'results')).map((one) => ({ text: at(one, 'outputText') })),
    ...asList(get(part, 'choices')).map((one) => ({
      text: at(one, 'message', 'content') ?? at(one, 'delta', 'content'),
    })),
    get(part, 'delta'),
    at(part, 'output'),
    { text: get(part, 'outputText') ?? get(part, 'generation') ?? get(part, 'completion') },
  ]
  return places.flatMap(textIn)
}

/** The prompt of a request: the last message of the user. Earlier ones are repeated in every request. */
export function promptIn(request: unknown): string {
  const body = asFields(request)
  const asked = asList(get(body, 'messages')).findLast((one) => at(one, 'role') === 'user')
  const content = at(asked, 'content')
  const places = [
    { text: content },
    ...asList(content),
    { text: get(body, 'inputText') ?? get(body, 'prompt') ?? get(body, 'input') },
  ]
  return places.flatMap(textIn).join('')
}

function textIn(place: unknown): string[] {
  const text = at(place, 'text') ?? at(place, 'guardContent', 'text', 'text')
  return typeof text === 'string' ? [text] : []
}
