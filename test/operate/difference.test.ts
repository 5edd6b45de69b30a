import { describe, expect, it } from 'vitest'
import { differenceOf, planHash } from '../../operate/difference.ts'
import type { Resource, Template } from '../../operate/packaged.ts'

const lambda = (time: string, memory = 512): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Key: `serverless/portcullis/dev/${time}/notify.zip` }, MemorySize: memory },
})
const queue: Resource = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } }
const journal: Resource = { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', Properties: {} }
const of = (Resources: Template['Resources']): Template => ({ Resources })
const same = { built: new Map([['notify', 'a']]), deployed: new Map([['notify', 'a']]) }
const [early, late] = ['1795000000000-2026-11-18T00:00:00.000Z', '1795267952000-2026-11-21T00:00:00.000Z']

describe('what a deploy changes', () => {
  it('is everything before there is a stack', () => {
    expect(differenceOf(undefined, of({ Queue: queue }), same)).toEqual([
      { does: 'add', id: 'Queue', type: 'AWS::SQS::Queue' },
    ])
  })

  it('is nothing for the same sources, packaged later', () => {
    const [before, after] = [of({ Notify: lambda(early) }), of({ Notify: lambda(late) })]
    expect(differenceOf(before, after, same)).toEqual([])
    expect(planHash(before, same.built)).toBe(planHash(after, same.built))
  })

  it('is the code of a function where only that is new, and another plan', () => {
    const newer = { ...same, built: new Map([['notify', 'b']]) }
    const template = of({ Notify: lambda(early) })
    expect(differenceOf(template, template, newer)).toEqual([
      { does: 'change', id: 'Notify', type: 'AWS::Lambda::Function', what: 'code' },
    ])
    expect(planHash(template, newer.built)).not.toBe(planHash(template, same.built))
  })

  it('names the properties that change, and says what stays when the stack lets go of it', () => {
    const before = of({ Notify: lambda(early), Queue: queue, Journal: journal })
    expect(differenceOf(before, of({ Notify: lambda(late, 1024) }), same)).toEqual([
      { does: 'remove', id: 'Journal', type: 'AWS::DynamoDB::Table', stays: true },
      { does: 'change', id: 'Notify', type: 'AWS::Lambda::Function', what: 'MemorySize' },
      { does: 'remove', id: 'Queue', type: 'AWS::SQS::Queue' },
    ])
  })
})
