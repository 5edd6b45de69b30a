import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from '../../infrastructure/build.ts'
import {
  type AnyTemplate,
  flattened,
  nestedTemplatesIn,
} from '../../infrastructure/stack/template/packaged.ts'
import { Problem } from '../shell/errors.ts'
import { serverless } from './serverless.ts'

/** Settings given for one deployment only. */
export interface Once {
  ceiling?: string | undefined
  email?: string | undefined
}

/** A stage's stack, ready to be deployed. */
export interface Packaged {
  stage: string
  /** Options that `serverless deploy` needs as well. */
  options: string[]
  /** The folder of the package. */
  folder: string
  /** The template with which the stack is created: the bucket for the rest. */
  first: string
  /** The root template, as text. */
  whole: string
  /** The templates of the nested stacks, by their keys in the deployment bucket. */
  nested: Map<string, string>
  /** The resources of the root template and of all nested ones. */
  template: AnyTemplate
  /** The path of a function's zip, by the function's name without the prefix. */
  zips: Map<string, string>
}

/** The stack as `serverless package` makes it. Throws `not-packaged` with what that printed. */
export async function packaged(stage: string, once: Once = {}): Promise<Packaged> {
  const folder = join(import.meta.dirname, '..', '..', '.local', `deploy-${stage}`)
  const params = Object.entries(once).flatMap(([name, value]) =>
    value ? ['--param', `${name}=${value}`] : [],
  )
  const options = ['--stage', stage, ...params]
  const { code, said } = await serverless(['package', ...options, '--package', folder])
  if (code !== 0)
    throw new Problem('not-packaged', `the stack of stage ${stage} cannot be packaged`, {
      where: `serverless package ${options.join(' ')}`,
      why: lastOf(said),
      fix: 'portcullis validate',
    })
  const read = (name: string) => readFile(join(folder, `cloudformation-template-${name}.json`), 'utf8')
  const [first, whole, built] = await Promise.all([read('create-stack'), read('update-stack'), build()])
  const zips = new Map(built.map(({ name, zip }) => [name, zip]))
  const root: AnyTemplate = JSON.parse(whole)
  const texts = await nestedTemplatesIn(folder, root)
  const nested = new Map(texts.map(({ key, text }) => [key, text]))
  const template = flattened(
    root,
    texts.map(({ text }) => JSON.parse(text)),
  )
  return { stage, options, folder, first, whole, nested, template, zips }
}

/** The end of what osls printed, without stack traces and its own environment. */
export const lastOf = (said: string, most = 12): string =>
  said
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(\s+at |Environment:|Docs:|Support:|Bugs:)/.test(line))
    .slice(-most)
    .join('\n')
