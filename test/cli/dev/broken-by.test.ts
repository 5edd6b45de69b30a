import { expect, test } from 'vitest'
import { brokenBy } from '../../../cli/dev/versions/broken-by.ts'
import { root } from '../../../cli/shell/project.ts'

const withStack = (message: string, stack: string): Error => Object.assign(new Error(message), { stack })

// As Node.js 24 prints them.
test('a syntax error is where Node.js says above its message', () => {
  const stack = `${root}rules/edge/api-flood.ts:12\n  when: (\n  ^^^^\n\nSyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: Expression expected\n    at parseTypeScript (node:internal/modules/typescript:72:36)`
  expect(brokenBy(withStack('Expression expected', stack))).toEqual({
    where: 'rules/edge/api-flood.ts:12',
    why: 'Expression expected',
  })
})

test('what is thrown while a module runs is where its trace begins in the project', () => {
  const stack = `PatternError: no\n    at f (file://${root}node_modules/zod/index.js:1:2)\n    at file://${root}playbooks/notify.ts:7:3`
  expect(brokenBy(withStack('no\nmore', stack))).toEqual({ where: 'playbooks/notify.ts:7', why: 'no' })
})

test('a file that is not there is named as the project names it', () => {
  const message = `Cannot find module '${root}rules/gone.ts' imported from ${root}rules/index.ts`
  expect(
    brokenBy(withStack(message, `Error: ${message}\n    at finalizeResolution (node:internal)`)),
  ).toEqual({
    where: 'the project',
    why: "Cannot find module 'rules/gone.ts' imported from rules/index.ts",
  })
})
