/** The value of a JSON text; `undefined` if it is not valid JSON. It never throws: the parser's error would quote the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
