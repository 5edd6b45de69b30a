import { readFileSync } from 'node:fs'

const folder = new URL('templates/', import.meta.url)

/** A text of templates/, each `{{name}}` in it replaced. Throws for a name that no value is given for. */
export function filledTemplate(template: string, values: Record<string, string>): string {
  return readFileSync(new URL(`${template}.txt`, folder), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name) => {
    const value = values[name]
    if (value === undefined) throw new Error(`authoring/templates/${template}.txt asks for ${name}.`)
    return value
  })
}

/** A key as the formatter writes it: in quotes only where it must be. */
export const objectKeyOf = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`)

/** An object with parts of it replaced, however deep they lie; lists are replaced whole. Pure. */
export function laidOver(base: object, over: object): object {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const under = merged[key]
    merged[key] = isObject(value) && isObject(under) ? laidOver(under, value) : value
  }
  return merged
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
