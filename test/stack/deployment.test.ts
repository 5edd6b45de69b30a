import { expect, test } from 'vitest'
import { deploymentOf } from '../../stack/deployment.ts'

const said = { stage: 'dev', ceiling: 'observe', budget: 10, longest: '' }

test('a stage names everything', () => {
  expect(deploymentOf(said)).toEqual({ ...said, prefix: 'portcullis-dev', local: false })
  expect(deploymentOf({ ...said, stage: 'local' }).local).toBe(true)
})

test('what the command line gives is text', () => {
  expect(deploymentOf({ ...said, budget: '25' }).budget).toBe(25)
})

test.each([
  ['stage', 'Prod'],
  ['stage', 'a-b'],
  ['stage', 'thirteenchars'],
  // `portcullis-member` is the role in other accounts.
  ['stage', 'member'],
  ['ceiling', 'everything'],
  ['ceiling', undefined],
  ['budget', -1],
  ['budget', 'many'],
  ['longest', 'a while'],
])('%s: %s is refused by its name', (key, value) => {
  expect(() => deploymentOf({ ...said, [key]: value })).toThrow(key)
})
