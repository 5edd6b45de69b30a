import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Plugin } from 'esbuild'
import type { Rule } from '../../engine/rule.ts'
import { rules } from '../../rules/index.ts'

const root = join(import.meta.dirname, '..', '..')
const namespace = 'entry'

/**
 * The source of each function's entry point, by the function's name. A playbook's entry imports that playbook alone
 * and the rules that call it: the index of playbooks would bring every AWS client, and every new rule would grow
 * every bundle. The other functions are files in functions/.
 */
export async function entrySources(): Promise<Map<string, string>> {
  const [playbooks, ruleFiles, files] = await Promise.all([
    exportsIn('playbooks'),
    exportsIn('rules'),
    readdir(join(root, 'functions')),
  ])
  const own = files.map((file) => [basename(file, '.ts'), `export * from './functions/${file}'`] as const)
  const made = [...playbooks].map(([name, playbook]) => {
    const callers = rules.filter(({ then }) => Object.hasOwn(then, name)).map(fileOf)
    return [name, playbookEntry(playbook, callers)] as const
  })
  return new Map([...own, ...made].sort(([a], [b]) => (a < b ? -1 : 1)))

  function fileOf({ name }: Rule): IndexedExport {
    const file = ruleFiles.get(name)
    if (!file)
      throw new Error(`rules/index.ts imports no file ${name}.ts, which the rule ${name} must be in.`)
    return file
  }
}

/** Lets the bundler read `entry:<function>` from these sources. */
export const entryPoints = (sources: Map<string, string>): Plugin => ({
  name: 'entry-points',
  setup(build) {
    const prefix = `${namespace}:`
    build.onResolve({ filter: /^entry:/ }, ({ path }) => ({ path: path.slice(prefix.length), namespace }))
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: sources.get(path) ?? '',
      loader: 'ts',
      resolveDir: root,
    }))
  },
})

/** A playbook or rule as its index imports it. */
interface IndexedExport {
  exported: string
  path: string
}

/** What an index imports, by the names of the files, which are the names of the playbooks and rules. */
async function exportsIn(folder: 'playbooks' | 'rules'): Promise<Map<string, IndexedExport>> {
  const index = await readFile(join(root, folder, 'index.ts'), 'utf8')
  const imports = index.matchAll(/^import \{ (\w+) \} from '\.\/(.+)\.ts'$/gm)
  return new Map(
    Array.from(imports, ([, exported = '', path = '']) => [
      basename(path),
      { exported, path: `./${folder}/${path}.ts` },
    ]),
  )
}

const playbookEntry = (playbook: IndexedExport, callers: IndexedExport[]): string =>
  [
    "import { respond } from './engine/respond.ts'",
    ...[playbook, ...callers].map(({ exported, path }) => `import { ${exported} } from '${path}'`),
    `export const handler = respond(${playbook.exported}, [${callers.map(({ exported }) => exported).join(', ')}])`,
  ].join('\n')
