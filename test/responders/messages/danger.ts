/** Text that must not reach people or programs: control, invisible or bidirectional characters, links, mentions. */
const dangers: Record<string, RegExp> = {
  'a control or invisible character': /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{DI}]/u,
  'a link': /\w:\/\/|www\.(?=\w)|\S\.\p{L}{2}/u,
  'a mention of everyone': /@(channel|here|everyone)\b/i,
  'a channel': /#\p{L}/u,
}

export const dangersOf = (text: string): string[] =>
  Object.entries(dangers).flatMap(([name, pattern]) => {
    const found = pattern.exec(text)
    return found
      ? [`${name}: ${JSON.stringify(text.slice(Math.max(0, found.index - 20), found.index + 20))}`]
      : []
  })

/** Text that Slack would interpret: an unescaped bracket, half an escape. Our own mention of a group is allowed. */
export const markupOf = (text: string): string[] =>
  /[<>]|&(?!amp;|lt;|gt;)/.exec(text.replace(/^<!subteam\^S0123ABCD> /, '')) ? [text] : []
