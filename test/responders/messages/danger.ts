/** What must not be in any text that people or programs read: what controls, hides, turns round, links or calls. */
const dangers: Record<string, RegExp> = {
  'a control or invisible character': /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{DI}]/u,
  'a link': /\w:\/\/|www\.(?=\w)|\S\.\p{L}{2}/u,
  'a call to everybody': /@(channel|here|everyone)\b/i,
  'a channel': /#\p{L}/u,
}

export const dangersOf = (text: string): string[] =>
  Object.entries(dangers).flatMap(([name, pattern]) => {
    const found = pattern.exec(text)
    return found
      ? [`${name}: ${JSON.stringify(text.slice(Math.max(0, found.index - 20), found.index + 20))}`]
      : []
  })

/** What Slack would take as more than text: an unescaped bracket, half an escape. Our own call of a group is ours. */
export const markupOf = (text: string): string[] =>
  /[<>]|&(?!amp;|lt;|gt;)/.exec(text.replace(/^<!subteam\^S0123ABCD> /, '')) ? [text] : []
