import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diffLines, withCeiling, withMode } from '../../../cli/operate/standing/promotion.ts'
import { listedIn, readProjectFile } from '../../../cli/shell/project.ts'
import { rules } from '../../../rules/index.ts'

const file = readFileSync(new URL('../../../serverless.yml', import.meta.url), 'utf8')
const diff = (edit: { before: string; after: string; was: string | undefined }) =>
  diffLines({ path: 'serverless.yml', ...edit }).slice(1)

describe('a stage', () => {
  it('that the file does not name gets its own block', () => {
    const edit = withCeiling(file, 'prod', 'approve')
    expect(diff(edit)).toEqual(['+   prod:', '+     ceiling: approve'])
    expect(edit.after).toMatch(/\n {2}prod:\n {4}ceiling: approve\n\nprovider:/)
  })

  it('that has a block without a ceiling gets one line', () => {
    const named = file.replace('\nprovider:', '  prod:\n    email: a@example.com\n\nprovider:')
    expect(diff(withCeiling(named, 'prod', 'contain'))).toEqual(['+     ceiling: contain'])
  })

  it('that has a ceiling gets the new one, and keeps its comment', () => {
    const named = file.replace('\nprovider:', '  prod:\n    ceiling: observe # until June\n\nprovider:')
    const edit = withCeiling(named, 'prod', 'approve')
    expect(edit.was).toBe('observe')
    expect(diff(edit)).toEqual(['-     ceiling: observe # until June', '+     ceiling: approve # until June'])
  })

  it('is not changed by the ceiling of another stage, or by the default', () => {
    const once = withCeiling(file, 'prod', 'approve').after
    const twice = withCeiling(once, 'dev', 'contain').after
    expect(twice).toContain('  prod:\n    ceiling: approve\n  dev:\n    ceiling: contain\n')
    expect(twice).toContain('    ceiling: observe\n')
  })
})

describe('a rule', () => {
  it.each(rules.map(({ name, mode }) => [name, mode] as const))(
    '%s has one line that says %s',
    (name, mode) => {
      const text = readProjectFile(listedIn('rules').get(name) ?? '') ?? ''
      const edit = withMode(text, 'observe')
      expect(edit.was).toBe(mode)
      expect(diffLines({ path: name, ...edit }).slice(1)).toEqual([
        `-   mode: '${mode}',`,
        "+   mode: 'observe',",
      ])
    },
  )
})
