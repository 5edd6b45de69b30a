import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build as bundle } from 'esbuild'

const root = join(import.meta.dirname, '..')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

/** The folder that `sdkPackage` writes, which applications install. */
export const sdkFolder = join(root, '.build', 'sdk')

/** The public declarations: they refer to each other and to the clients of AWS only. */
const declarations = ['index', 'limits', 'tracer']

/**
 * Writes the package that applications install: one ESM bundle, its types, and a package.json. Node.js runs TypeScript
 * only outside of node_modules, so the sources themselves cannot be imported. Throws what esbuild and the compiler throw.
 */
export async function sdkPackage(): Promise<void> {
  await mkdir(sdkFolder, { recursive: true })
  await Promise.all([writeBundle(), writeTypes(), writeManifest()])
}

// Not minified, so that an application's reviewers can read it.
const writeBundle = () =>
  bundle({
    absWorkingDir: root,
    entryPoints: ['sdk/index.ts'],
    outfile: join(sdkFolder, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@aws-sdk/*'],
    logLevel: 'silent',
  })

async function writeTypes(): Promise<void> {
  const types = join(root, '.build', 'types')
  await promisify(execFile)(process.execPath, [tsc, '-p', join(root, 'sdk'), '--outDir', types])
  for (const name of declarations) {
    const text = await readFile(join(types, 'sdk', `${name}.d.ts`), 'utf8')
    await writeFile(join(sdkFolder, `${name}.d.ts`), text.replaceAll(/(from '\.\/\w+)\.ts'/g, "$1.js'"))
  }
  await rm(types, { recursive: true })
}

async function writeManifest(): Promise<void> {
  const { name, version, license, dependencies } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  )
  const clients = ['@aws-sdk/client-dynamodb', '@aws-sdk/client-eventbridge']
  const manifest = {
    name,
    version,
    license,
    type: 'module',
    exports: { './sdk': { types: './index.d.ts', default: './index.js' } },
    peerDependencies: Object.fromEntries(clients.map((client) => [client, `^${dependencies[client]}`])),
  }
  await writeFile(join(sdkFolder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

if (import.meta.main) await sdkPackage()
