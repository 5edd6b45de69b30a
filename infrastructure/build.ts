import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build as bundle, version } from 'esbuild'
import { zipSync } from 'fflate'
import { entryPoints, entrySources } from './build/entries.ts'
import { onePiece } from './build/one-piece.ts'
import { plainKeys } from './build/plain-keys.ts'

const root = join(import.meta.dirname, '..')
const out = join(root, '.build')
const stamp = join(out, 'stamp.json')

/** One function, as it is deployed. */
export interface Built {
  name: string
  /** What Lambda is given. */
  zip: string
  /** Bytes of the zip. */
  size: number
}

const options = {
  absWorkingDir: root,
  outdir: out,
  bundle: true,
  platform: 'node',
  target: 'node24',
  // CommonJS loads faster than ESM on a cold start, and the local Lambda takes no top-level await.
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: true,
  write: false,
  metafile: true,
  logLevel: 'silent',
  alias: { '@aws-sdk/credential-provider-node': './infrastructure/build/credentials.ts' },
  plugins: [plainKeys, onePiece],
  // import() of a Node module reads its every export, and with those of node:http all of undici: 20 ms.
  supported: { 'dynamic-import': false },
} satisfies BuildOptions

/**
 * Bundles and zips every function into .build/<name>.zip: one for each playbook, and the files of functions/. The SDK is
 * inside; the same sources give the same bytes. Does nothing when no source has changed. Throws what esbuild throws.
 */
export async function build(): Promise<Built[]> {
  const entries = await entrySources()
  const zips = [...entries.keys()].map((name) => ({ name, zip: join(out, `${name}.zip`) }))
  const last = await readFile(stamp, 'utf8').then(JSON.parse, () => undefined)
  const same = last?.hash === (await hashOf(entries, last?.sources ?? []))
  if (!same || !zips.every(({ zip }) => existsSync(zip))) await make(entries)
  return Promise.all(zips.map(async (one) => ({ ...one, size: (await stat(one.zip)).size })))
}

async function make(entries: Map<string, string>): Promise<void> {
  const { metafile, outputFiles } = await bundle({
    ...options,
    entryPoints: [...entries.keys()].map((name) => ({ in: `entry:${name}`, out: `${name}/index` })),
    plugins: [entryPoints(entries), ...options.plugins],
  })
  for (const name of entries.keys()) {
    const code =
      outputFiles.find(({ path }) => path === join(out, name, 'index.js'))?.contents ?? new Uint8Array()
    // Where the folder lies below another package.json, as it does here, this one says what the bundle is.
    const files = { 'index.js': code, 'package.json': new TextEncoder().encode('{"type":"commonjs"}\n') }
    await mkdir(join(out, name), { recursive: true })
    for (const [file, contents] of Object.entries(files)) await put(join(out, name, file), contents)
    await put(join(out, `${name}.zip`), zipSync(files, { level: 9, mtime, os: 3, attrs: 0o644 << 16 }))
  }
  const sources = Object.keys(metafile.inputs).filter((path) => !/node_modules|^entry:/.test(path))
  await put(join(out, 'meta.json'), JSON.stringify(metafile))
  await put(stamp, JSON.stringify({ hash: await hashOf(entries, sources), sources }))
}

/** The earliest moment that a zip can tell, and the same in every time zone. */
const mtime = new Date(1980, 0, 1)

/** Our own sources by their contents; packages by the lockfile, which pins theirs. */
async function hashOf(entries: Map<string, string>, sources: string[]): Promise<string> {
  const files = [
    ...sources,
    'infrastructure/build.ts',
    'infrastructure/build/entries.ts',
    'infrastructure/build/plain-keys.ts',
    'infrastructure/build/one-piece.ts',
    'package-lock.json',
  ]
  const contents = files.map((file) => readFile(join(root, file), 'utf8').catch(() => 'gone'))
  const hash = createHash('sha256').update(
    JSON.stringify([version, ...entries, ...(await Promise.all(contents))]),
  )
  return hash.digest('hex')
}

/** Writes a file whole or not at all: another process may be reading it. */
async function put(path: string, contents: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.${process.pid}`, contents)
  await rename(`${path}.${process.pid}`, path)
}

// No top-level await: osls takes its plugins, and so this file, by `require`.
if (import.meta.main)
  build().then((all) => {
    for (const { name, size } of all) console.log(`${name}  ${Math.ceil(size / 1000)} kB`)
  })
