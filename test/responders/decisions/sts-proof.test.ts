import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { listen } from '../../../lib/loopback.ts'
import type { Order, StsProof, UnsignedOrder } from '../../../responders/decisions/order.ts'
import { checkProof, makeProof } from '../../../responders/decisions/proof/sts-proof.ts'
import { later } from '../../laws/steps.ts'
import { region, startSite } from './site.ts'

const site = await startSite()
afterAll(() => site.stop())

describe('a proof by AWS credentials', () => {
  let unsigned: UnsignedOrder
  let proof: StsProof
  beforeAll(async () => {
    await site.reset()
    await site.become('maria')
  })
  beforeEach(async () => {
    const id = '00000000-0000-8000-8000-000000000000'
    unsigned = { id, at: new Date().toISOString(), verb: 'pause', claim: { how: 'iam' } }
    proof = await makeProof(unsigned, { region })
  })

  const orderOf = (more: Partial<Order> = {}): Order => ({
    ...unsigned,
    ...more,
    claim: { how: 'iam', proof },
  })
  const check = (changed: Partial<StsProof>, more?: Partial<Order>) =>
    checkProof(orderOf(more), { ...proof, ...changed })
  const withHeaders = (more: Record<string, string>) => check({ headers: { ...proof.headers, ...more } })
  const refused = async (checked: Promise<unknown>, why: RegExp) => {
    const { calls, result } = await site.cloud.tap.during(() => checked)
    expect(calls, 'AWS STS is not asked').toEqual([])
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { name: 'UnprovenIdentity', message: expect.stringMatching(why) },
    })
  }

  test('names the owner of the credentials', async () => {
    const { calls, result } = await site.cloud.tap.during(() => check({}))
    expect(calls.map(({ action }) => action)).toEqual(['sts:GetCallerIdentity'])
    expect(result).toMatchObject({
      value: { arn: 'arn:aws:iam::123456789012:user/maria', account: '123456789012' },
    })
  })

  test('does not depend on the order of fields or on undefined fields', async () => {
    const { verb, ...rest } = orderOf()
    await expect(checkProof({ verb, ...rest, reason: undefined }, proof)).resolves.toBeDefined()
  })

  test.each([
    ['verb', { verb: 'resume' }],
    ['playbook', { playbook: 'notify' }],
    ['id', { id: '00000000-0000-8000-8000-000000000001' }],
    ['force', { force: true }],
  ] as [string, Partial<Order>][])('is for one order: another %s is refused', (_, more) =>
    refused(check({}, more), /another order/),
  )

  test('is valid for five minutes', async () => {
    const late = await later(5 * 60_000 + 1_000, () => check({}).catch((error) => error))
    expect(late).toMatchObject({ name: 'UnprovenIdentity', message: expect.stringMatching(/five minutes/) })
    await expect(later(4 * 60_000, () => check({}))).resolves.toBeDefined()
  })

  test('with an old signature time is refused', () =>
    refused(withHeaders({ 'x-amz-date': '20200101T000000Z' }), /five minutes/))

  test('is never sent to a host that it names', async () => {
    const heard: string[] = []
    const evil = createServer((request, response) => {
      heard.push(request.url ?? '')
      response.end('<Arn>arn:aws:iam::123456789012:user/maria</Arn><Account>123456789012</Account>')
    })
    const { url, close } = await listen(evil)
    await refused(withHeaders({ host: new URL(url).host }), /another host/)
    vi.stubEnv('AWS_ENDPOINT_URL_STS', url)
    const theirs = await makeProof(unsigned, { region })
    vi.stubEnv('AWS_ENDPOINT_URL_STS', undefined)
    await refused(checkProof(orderOf(), theirs), /another host/)
    expect(heard).toEqual([])
    await close()
  })

  test('with the order in an unsigned header is refused', () => {
    const authorization = (proof.headers.authorization ?? '').replace(';x-portcullis-order', '')
    return refused(withHeaders({ authorization }), /not signed \(x-portcullis-order\)/)
  })

  test('without the order is refused', () => {
    const { 'x-portcullis-order': _, ...headers } = proof.headers
    return refused(check({ headers }), /another order/)
  })

  test('for another STS action is refused', () =>
    refused(check({ body: 'Action=AssumeRoleWithWebIdentity&Version=2011-06-15' }), /another request body/))

  test('with an unexpected header is refused', () => {
    const authorization = (proof.headers.authorization ?? '').replace('host;', 'host;x-evil;')
    return refused(withHeaders({ authorization, 'x-evil': '1' }), /unexpected header/)
  })

  test('for another Region or service is refused', async () => {
    await refused(
      checkProof(orderOf(), await makeProof(unsigned, { region: 'eu-west-1' })),
      /signed for eu-west-1/,
    )
    const authorization = (proof.headers.authorization ?? '').replace('/sts/', '/iam/')
    await refused(withHeaders({ authorization }), /not signed for AWS STS/)
  })

  test('that STS rejects is refused, and an error of STS is retried', async () => {
    site.cloud.tap.answer('sts:GetCallerIdentity', 'denied', 1)
    await expect(check({})).rejects.toMatchObject({ name: 'UnprovenIdentity' })
    site.cloud.tap.answer('sts:GetCallerIdentity', 'broken', 1)
    await expect(check({})).rejects.toMatchObject({
      name: 'Error',
      message: expect.stringMatching(/Try again/),
    })
  })
})
