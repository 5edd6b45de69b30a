import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reviewed } from '../../infrastructure/stack/policies.ts'

const folder = join(import.meta.dirname, '..', '..', 'infrastructure', 'policies')
const how = 'What a role may do has changed: run `npm run policies`, and let the difference be reviewed.'
const policies = reviewed()

test('every role has its reviewed policy, and every reviewed policy its role', () => {
  const files = readdirSync(folder).map((file) => file.replace('.json', ''))
  expect(files.sort(), how).toEqual(Object.keys(policies).sort())
})

test.each(Object.entries(policies))('%s may do what was reviewed', (name, policy) => {
  expect(policy, how).toEqual(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')))
})
