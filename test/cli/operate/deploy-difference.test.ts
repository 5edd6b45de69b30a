import { describe, expect, it } from 'vitest'
import { deployDifferenceOf, deployPlanHash } from '../../../cli/operate/deploy/deploy-difference.ts'
import type { AnyTemplate } from '../../../infrastructure/stack/template/packaged.ts'

type PackagedResource = AnyTemplate['Resources'][string]

const lambda = (time: string, memory = 512): PackagedResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Key: `serverless/portcullis/dev/${time}/notify.zip` }, MemorySize: memory },
})
const queue: PackagedResource = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } }
const journal: PackagedResource = { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', Properties: {} }
const of = (Resources: AnyTemplate['Resources']): AnyTemplate => ({ Resources })
const same = { built: new Map([['notify', 'a']]), deployed: new Map([['notify', 'a']]) }
const [early, late] = ['1795000000000-2026-11-18T00:00:00.000Z', '1795267952000-2026-11-21T00:00:00.000Z']

describe('the changes of a deployment', () => {
  it('are all resources before the first one', () => {
    expect(deployDifferenceOf(undefined, of({ Queue: queue }), same)).toEqual([
      { does: 'add', id: 'Queue', type: 'AWS::SQS::Queue' },
    ])
  })

  it('are none for the same sources, packaged later', () => {
    const [before, after] = [of({ Notify: lambda(early) }), of({ Notify: lambda(late) })]
    expect(deployDifferenceOf(before, after, same)).toEqual([])
    expect(deployPlanHash(before, same.built)).toBe(deployPlanHash(after, same.built))
  })

  it('are the code of a function when only that differs, with another plan hash', () => {
    const newer = { ...same, built: new Map([['notify', 'b']]) }
    const template = of({ Notify: lambda(early) })
    expect(deployDifferenceOf(template, template, newer)).toEqual([
      { does: 'change', id: 'Notify', type: 'AWS::Lambda::Function', what: 'code' },
    ])
    expect(deployPlanHash(template, newer.built)).not.toBe(deployPlanHash(template, same.built))
  })

  it('name the changed properties, and mark retained resources', () => {
    const before = of({ Notify: lambda(early), Queue: queue, Journal: journal })
    expect(deployDifferenceOf(before, of({ Notify: lambda(late, 1024) }), same)).toEqual([
      { does: 'remove', id: 'Journal', type: 'AWS::DynamoDB::Table', stays: true },
      { does: 'change', id: 'Notify', type: 'AWS::Lambda::Function', what: 'MemorySize' },
      { does: 'remove', id: 'Queue', type: 'AWS::SQS::Queue' },
    ])
  })
})
