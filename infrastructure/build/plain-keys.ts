import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/**
 * Lets a bundler drop the unused part of an SDK client's schema, which is most of it: the generated code writes
 * `{ [_eQN]: … }` where `_eQN` is a constant string. esbuild must assume that a computed key has side effects and
 * keeps every such shape (550 of EC2's 590 kB). This replaces each key by its string.
 */
export const plainKeys: Plugin = {
  name: 'plain-keys',
  setup(build) {
    build.onLoad({ filter: /dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const texts = new Map(
        Array.from(source.matchAll(/^const (\w+) = (".*");$/gm), ([, name, text]) => [name, text]),
      )
      return {
        contents: source.replace(/\[(\w+)\]:/g, (key, name) =>
          texts.has(name) ? `${texts.get(name)}:` : key,
        ),
      }
    })
  },
}
