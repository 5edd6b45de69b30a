import { readFileSync } from 'node:fs'
import { importPath } from '../names.ts'

const folder = new URL('templates/', import.meta.url)

/**
 * The text of a template for a file of the project. `{{name}}` is replaced by a value, `{{/engine/playbook.ts}}` by the
 * import path of that file. Throws when a value is missing.
 */
export const filledTemplate = (template: string, path: string, values: Record<string, string>): string =>
  readFileSync(new URL(`${template}.txt`, folder), 'utf8').replace(
    /\{\{([\w./-]+)\}\}/g,
    (_, name: string) => {
      const value = name.startsWith('/') ? importPath(path, name.slice(1)) : values[name]
      if (value === undefined) throw new Error(`cli/authoring/new/templates/${template}.txt needs ${name}.`)
      return value
    },
  )

/** An object key as the formatter writes it: quoted only where it has to be. */
export const objectKeyOf = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`)
