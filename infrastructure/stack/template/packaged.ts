import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A template in a package, or as CloudFormation returns it. */
export interface AnyTemplate {
  Resources: Record<string, { Type: string; DeletionPolicy?: string; Properties?: Record<string, unknown> }>
  Outputs?: Record<string, unknown>
}

const nestedType = 'AWS::CloudFormation::Stack'

/** The logical ids of the nested stacks of a root template. */
export const nestedIdsOf = ({ Resources }: AnyTemplate): string[] =>
  Object.entries(Resources).flatMap(([id, { Type }]) => (Type === nestedType ? [id] : []))

/** The nested templates of a packaged root template: what to put under which key of the deployment bucket. */
export async function nestedTemplatesIn(
  folder: string,
  root: AnyTemplate,
): Promise<{ id: string; key: string; text: string }[]> {
  const each = nestedIdsOf(root).map(async (id) => {
    const url = JSON.stringify(root.Resources[id]?.Properties?.TemplateURL)
    const [, key = ''] = /\$\{ServerlessDeploymentBucket\}\/([^"]+)"/.exec(url) ?? []
    return { id, key, text: await readFile(join(folder, basename(key)), 'utf8') }
  })
  return Promise.all(each)
}

/** One template with the resources of all: logical ids are unique across the root template and its nested ones. */
export const flattened = (root: AnyTemplate, nested: readonly AnyTemplate[]): AnyTemplate => ({
  ...root,
  Resources: Object.assign(
    {},
    Object.fromEntries(Object.entries(root.Resources).filter(([, { Type }]) => Type !== nestedType)),
    ...nested.map(({ Resources }) => Resources),
  ),
})
