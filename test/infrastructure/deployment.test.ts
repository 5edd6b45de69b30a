import { expect, test } from 'vitest'
import { deploymentOf, warningOf } from '../../infrastructure/stack/deployment.ts'
import { respondersOf } from '../../infrastructure/stack/responders/responders.ts'

const said = { stage: 'dev', ceiling: 'observe', budget: 10, longest: '', email: '', logBucket: '' }

test('a stage names everything', () => {
  expect(deploymentOf(said)).toEqual({
    ...said,
    responders: respondersOf('dev'),
    prefix: 'portcullis-dev',
    local: false,
  })
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
  ['email', 'nobody'],
  ['email', 'a@b.c, d@e.f'],
])('%s: %s is refused by its name', (key, value) => {
  expect(() => deploymentOf({ ...said, [key]: value })).toThrow(key)
})

test('whoever lets it ask or act is warned if nobody is told', () => {
  const warned = (more: object) => warningOf(deploymentOf({ ...said, ...more }))
  expect(warned({ ceiling: 'contain' })).toMatch(/ceiling of dev is contain.* subscribes nobody/)
  expect(warned({ ceiling: 'approve' })).toMatch(/ceiling of dev is approve/)
  expect(warned({})).toBeUndefined()
  expect(warned({ ceiling: 'contain', email: 'security@example.com' })).toBeUndefined()
  // Nobody has a mailbox in the emulators.
  expect(warned({ ceiling: 'contain', stage: 'local' })).toBeUndefined()
})
