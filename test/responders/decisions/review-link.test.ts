import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeReviewLink, readReviewLink } from '../../../responders/review-link.ts'
import { hours, later } from '../../laws/steps.ts'
import { startSite } from './site.ts'

const site = await startSite()
afterAll(() => site.stop())

describe('a review link', () => {
  let key = ''
  let token = ''
  let link = ''
  beforeAll(async () => {
    await site.reset()
    key = process.env.PORTCULLIS_LINK_KEY ?? ''
    link = await makeReviewLink({
      incident: 'inc-7f3a1b2c',
      person: 'maria',
      base: 'https://review.example.com/',
      key,
    })
    token = new URL(link).searchParams.get('t') ?? ''
  })

  test('names the incident and opens it for its person', async () => {
    expect(new URL(link).pathname).toBe('/i/inc-7f3a1b2c')
    expect(await readReviewLink(token, key)).toEqual({ incident: 'inc-7f3a1b2c', person: 'maria' })
  })

  const [before, after] = [7 * 24 * hours - 60_000, 7 * 24 * hours + 1_000]
  test('is valid for seven days', async () => {
    expect(await later(before, () => readReviewLink(token, key))).toBeDefined()
    expect(await later(after, () => readReviewLink(token, key))).toBeUndefined()
  })

  const forged = (change: object) => {
    const [payload = '', mac] = token.split('.')
    const read = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return `${Buffer.from(JSON.stringify({ ...read, ...change })).toString('base64url')}.${mac}`
  }

  test.each([
    ['another incident', () => forged({ incident: 'inc-00000000' })],
    ['another person', () => forged({ person: 'lee' })],
    ['a later expiry', () => forged({ until: '2999-01-01T00:00:00.000Z' })],
    ['an additional field', () => forged({ more: 1 })],
    ['its MAC removed', () => token.split('.')[0] ?? ''],
    ['another MAC', () => `${token.slice(0, -4)}AAAA`],
    ['no content', () => ''],
    ['content that is not JSON', () => `${Buffer.from('{').toString('base64url')}.${'A'.repeat(43)}`],
  ])('with %s is not valid', async (_, make) => {
    expect(await readReviewLink(make(), key)).toBeUndefined()
  })

  test('is not reported as invalid when KMS cannot check it', async () => {
    site.cloud.tap.answer('kms:VerifyMac', 'broken', 1)
    await expect(readReviewLink(token, key)).rejects.toThrow()
  })
})
