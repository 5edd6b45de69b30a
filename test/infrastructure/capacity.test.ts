import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deploymentOf } from '../../infrastructure/stack/deployment.ts'
import { memberTemplate } from '../../infrastructure/stack/permissions/member.ts'
import { nestedText } from '../../infrastructure/stack/template/nested.ts'
import { type AnyTemplate, flattened } from '../../infrastructure/stack/template/packaged.ts'
import { stack } from '../../infrastructure/stack.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'
import { grown } from './dummies.ts'
import { lint } from './lint.ts'
import { type Packaged, packageClone } from './packaged.ts'
import { idleCost, quotas, rulesPerBus, type Usage, usageOf, usageTable } from './usage.ts'

/** What must hold at 60 playbooks and 100 rules: below this part of each quota, and of resources. */
const [part, maxResources] = [0.6, 400]
const prod = deploymentOf({ stage: 'prod', ceiling: 'observe', budget: 10 })
const folder = mkdtempSync(join(tmpdir(), 'portcullis-'))

let clone: Packaged
beforeAll(async () => {
  clone = await packageClone()
})
afterAll(() => {
  rmSync(folder, { recursive: true })
  return clone?.remove()
})

/** The templates of a product, the root as osls packages it: what osls makes of one function is taken from a package. */
function templatesOf(playbookCount: number, ruleCount: number): Map<string, AnyTemplate> {
  const made = stack(prod, grown(playbookCount, ruleCount))
  const ofOsls = Object.entries(clone.resources).filter(([id]) => !(id in stack(prod).resources.Resources))
  const of = (name: string) => ofOsls.filter(([id]) => id.startsWith(name))
  const bucket = ofOsls.filter(([id]) => id.startsWith('ServerlessDeployment'))
  const perFunction = Object.entries(made.functions).flatMap(([name, { environment }]) => {
    const like = name in clone.functions ? name : 'notify'
    return of(clone.functions[like] ?? '').map(
      ([id, resource]): [string, AnyTemplate['Resources'][string]] => [
        `${id}-${name}`,
        resource.Type === 'AWS::Lambda::Function'
          ? { ...resource, Properties: { ...resource.Properties, Environment: { Variables: environment } } }
          : resource,
      ],
    )
  })
  const Resources = { ...made.resources.Resources, ...Object.fromEntries([...bucket, ...perFunction]) }
  return new Map([
    ['root', { ...clone.rest, Outputs: made.resources.Outputs, Resources } as AnyTemplate],
    ...made.nested.map((one): [string, AnyTemplate] => [one.name, JSON.parse(nestedText(one))]),
  ])
}

describe.each([
  ['today', playbooks.length, rules.length],
  ['three times as much', 60, 100],
])('%s: %i playbooks and %i rules', (name, playbookCount, ruleCount) => {
  let templates: Map<string, AnyTemplate>
  let usages: Record<string, Usage>
  let whole: AnyTemplate
  beforeAll(() => {
    templates = templatesOf(playbookCount, ruleCount)
    usages = Object.fromEntries([...templates].map(([one, template]) => [one, usageOf(template)]))
    const { root = { Resources: {} }, ...nested } = Object.fromEntries(templates)
    whole = flattened(root, Object.values(nested))
    const { alarms, usd } = idleCost(whole)
    const functions = Object.values(whole.Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    ).length
    console.log(
      `${name}: ${playbookCount} playbooks, ${ruleCount} rules, ${Object.keys(whole.Resources).length} resources, ${functions} functions and log groups\n${usageTable(usages)}\nrules on a bus: ${JSON.stringify(Object.fromEntries(rulesPerBus(whole)))} of 300\nalarms: ${alarms}, idle cost: USD ${usd.toFixed(2)} a month\n`,
    )
  })

  test('every template has room', () => {
    for (const [template, usage] of Object.entries(usages)) {
      expect(usage.resources, template).toBeLessThan(maxResources)
      for (const [quota, most] of Object.entries(quotas))
        if (quota !== 'resources')
          expect(usage[quota as keyof Usage], `${template}: ${quota}`).toBeLessThan(most * part)
    }
  })

  test('every bus has room for more rules', () => {
    for (const [bus, count] of rulesPerBus(whole)) expect(count, bus).toBeLessThan(300 * part)
  })

  test('it costs less than 10 USD a month while nothing happens', () => {
    expect(idleCost(whole).usd).toBeLessThan(10)
  })

  test('the member role has its grants in as many policies as it may have', () => {
    const member = JSON.parse(
      JSON.stringify(memberTemplate(grown(playbookCount, ruleCount).playbooks, 'portcullis-prod')),
    )
    const usage = usageOf(member)
    const pages = Object.keys(member.Resources).filter((id) => id.startsWith('Grants')).length
    console.log(`the member role: ${pages} of 10 managed policies\n${usageTable({ member: usage })}\n`)
    expect(pages).toBeLessThan(10 * part)
    expect(usage.managedPolicy).toBeLessThan(quotas.managedPolicy * part)
    expect(usage.inlinePolicy).toBeLessThan(quotas.inlinePolicy * part)
    expect(usage.trustPolicy).toBeLessThan(quotas.trustPolicy * part)
  })
})

test('at 60 playbooks the linter reports nothing on any nested template but for the services of the dummies', async () => {
  const made = stack(prod, grown(60, 100))
  const files = made.nested.map((one) => {
    const file = join(folder, `${one.name}.json`)
    writeFileSync(file, nestedText(one))
    return file
  })
  expect((await lint(...files)).filter(({ id }) => id !== 'W3037')).toEqual([])
})

test('a member role whose policies IAM would not accept is refused by name and number', () => {
  const many = grown(200, 100).playbooks
  expect(() => memberTemplate(many, 'portcullis-prod')).toThrow(
    /^portcullis-member: (the grants of 200 playbooks need|its policy has) \d+/,
  )
})

test('the package holds each nested template under the name that the root template asks for', () => {
  const urls = Object.values(clone.resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::CloudFormation::Stack' ? [JSON.stringify(Properties.TemplateURL)] : [],
  )
  expect(urls.length).toBeGreaterThan(1)
  for (const url of urls) {
    const [, stage, file = ''] =
      /\/serverless\/portcullis\/(\w+)\/templates\/\w{16}\/([\w.-]+\.json)"/.exec(url) ?? []
    expect(stage).toBe('dev')
    expect(JSON.parse(readFileSync(join(clone.folder, '.serverless', file), 'utf8')).Resources).toBeDefined()
  }
})
