import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from '../../infrastructure/build.ts'
import { Problem } from '../shell/errors.ts'
import { serverless } from './serverless.ts'

export interface PackagedResource {
  Type: string
  DeletionPolicy?: string
  Properties?: Record<string, unknown>
}

export interface Template {
  Resources: Record<string, PackagedResource>
  Outputs?: Record<string, unknown>
}

/** What is given at a deploy and holds for it alone. */
export interface Once {
  ceiling?: string | undefined
  email?: string | undefined
}

/** A stage's stack, ready to be deployed. */
export interface Packaged {
  stage: string
  /** What `serverless deploy` must be told as well. */
  options: string[]
  /** Where it lies. */
  folder: string
  /** What the stack begins with: the bucket for the rest. */
  first: string
  /** All of it, as text. */
  whole: string
  template: Template
  /** Where a function's zip lies, by the function's name without the prefix. */
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
  return { stage, options, folder, first, whole, template: JSON.parse(whole), zips }
}

/** What osls printed of what is wrong: its end, without stack traces and what it says of itself. */
export const lastOf = (said: string, most = 12): string =>
  said
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(\s+at |Environment:|Docs:|Support:|Bugs:)/.test(line))
    .slice(-most)
    .join('\n')
