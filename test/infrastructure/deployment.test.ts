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
  ['email', 'security'],
  ['email', 'a@b.c, d@e.f'],
])('%s: %s is refused by its name', (key, value) => {
  expect(() => deploymentOf({ ...said, [key]: value })).toThrow(key)
})

test('a ceiling above observe is warned of where the alerts have no subscriber', () => {
  const warned = (more: object) => warningOf(deploymentOf({ ...said, ...more }))
  expect(warned({ ceiling: 'contain' })).toMatch(/ceiling of dev is contain.* subscribes no address/)
  expect(warned({ ceiling: 'approve' })).toMatch(/ceiling of dev is approve/)
  expect(warned({})).toBeUndefined()
  expect(warned({ ceiling: 'contain', email: 'security@example.com' })).toBeUndefined()
  // There are no mailboxes in the emulators.
  expect(warned({ ceiling: 'contain', stage: 'local' })).toBeUndefined()
})
