import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serviceNames } from '../../engine/role-names.ts'
import { readSettings } from '../../engine/settings.ts'
import { functionId } from '../../infrastructure/stack/functions/lambda.ts'
import { layerOf } from '../../infrastructure/stack/layers.ts'
import { arn, logicalId, the } from '../../infrastructure/stack/template/template.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'
import { lint } from './lint.ts'
import { type Packaged, packageClone } from './packaged.ts'

const files = readdirSync(join(import.meta.dirname, '..', '..', 'functions')).map((file) =>
  file.replace('.ts', ''),
)
const names = [...files, ...playbooks.map(({ name }) => name)].sort()

const isService = (name: string): boolean => serviceNames.some((one) => one === name)

let it: Packaged
beforeAll(async () => {
  it = await packageClone()
})
afterAll(() => it?.remove())

const properties = (id: string) => it.resources[id]?.Properties
const ofType = (type: string) => Object.entries(it.resources).filter(([, { Type }]) => Type === type)
/** A variable as the function finds it, with what CloudFormation fills in left as its name. */
const resolved = (value: unknown): string =>
  (typeof value === 'string' ? value : (value as { 'Fn::Sub': string })['Fn::Sub'])
    .replaceAll(the('AWS::AccountId'), '111122223333')
    .replaceAll(the('AWS::Partition'), 'aws')
    .replaceAll(/\$\{([\w:.]+)\}/g, '$1')
const zipOf = (name: string) => join(it.folder, '.build', `${name}.zip`)

test('a fresh clone packages without an account and without a network', () => {
  expect(it.said).toContain('Service packaged')
  expect(it.said).not.toContain('Warning')
})

test('every playbook and every file in functions/ is a function, and there is no other', () => {
  const deployed = ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties.FunctionName)
  expect(deployed.sort()).toEqual(names.map((name) => `portcullis-dev-${name}`))
})

test('the entry point of a playbook imports that playbook and the rules that call it, and no other', () => {
  const { inputs } = JSON.parse(readFileSync(join(it.folder, '.build', 'meta.json'), 'utf8'))
  for (const { name } of playbooks) {
    const imports: { path: string }[] = inputs[`entry:${name}`].imports
    const callers = rules.filter(({ then }) => Object.hasOwn(then, name)).map((rule) => rule.name)
    expect(imports.map(({ path }) => basename(path, '.ts'))).toEqual(['respond', name, ...callers])
  }
})

test('the linter that knows every property and every IAM action reports nothing on any template', async () => {
  expect(await lint(...it.templates)).toEqual([])
})

test('and it would: an action that does not exist is found in every kind of policy', async () => {
  const { DenyInference } = JSON.parse(it.text).Resources
  const identity = it.templates.find((file) => file.endsWith('-nested-identity.json')) ?? ''
  const { DenyInferenceRole } = JSON.parse(readFileSync(identity, 'utf8')).Resources
  const [policy] = DenyInferenceRole.Properties.Policies
  policy.PolicyDocument.Statement[0].Action = ['iam:GetRoll']
  policy.PolicyDocument.Statement.at(-1).NotAction = ['iam:GetBread']
  DenyInference.Properties.PolicyDocument.Statement[0].Action = ['bedrock:Wake']
  const spoilt = join(it.folder, 'spoilt.json')
  DenyInferenceRole.Properties.ManagedPolicyArns = []
  writeFileSync(spoilt, JSON.stringify({ Resources: { DenyInferenceRole, DenyInference } }))
  const found = (await lint(spoilt)).map(({ id, message }) => `${id} ${message.split(' ')[0]}`)
  expect(found.sort()).toEqual(["W3037 'getbread'", "W3037 'getroll'", "W3037 'wake'"])
})

test('a stage of another name and ceiling is made by the same file, with a warning where the alerts have no subscriber', async () => {
  const options = ['--stage', 'prod', '--param=ceiling=contain', '--package', 'prod']
  const { stdout, stderr } = await it.run('serverless', 'package', ...options)
  expect(stdout).not.toContain('Warning')
  expect(stderr).toContain('Warning: the ceiling of prod is contain, and the stack subscribes no address')
  const prod = JSON.parse(
    readFileSync(join(it.folder, 'prod', 'cloudformation-template-update-stack.json'), 'utf8'),
  )
  const names = JSON.stringify(prod.Resources).match(/portcullis-dev/g)
  expect(names).toBeNull()
  expect(JSON.stringify(prod.Resources)).toContain('"PORTCULLIS_CEILING":"contain"')
})

describe.each(names)('%s', (name) => {
  test('runs on Node.js 24, arm64, with half a gigabyte and a minute', () => {
    expect(properties(functionId(name))).toMatchObject({
      FunctionName: `portcullis-dev-${name}`,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Timeout: 60,
      Role: {
        'Fn::Sub': isService(name)
          ? the(`${logicalId(name, 'Role')}.Arn`)
          : arn('iam', `role/portcullis-dev-${name}-function`),
      },
    })
  })

  test('has every variable that it reads in its environment, and the ceiling observe', () => {
    const { Environment } = properties(functionId(name)) ?? {}
    const variables = (Environment as { Variables: Record<string, unknown> } | undefined)?.Variables ?? {}
    const given = Object.entries(variables).map(([key, value]) => [key, resolved(value)])
    expect(Object.fromEntries(given).PORTCULLIS_TABLE).toBe('Journal')
    if (isService(name)) return
    expect(readSettings(Object.fromEntries(given))).toMatchObject({
      prefix: 'portcullis-dev',
      ceiling: 'observe',
      budget: 10,
      longest: undefined,
      table: 'Journal',
      scheduleGroup: `portcullis-dev-${name}`,
      scheduleRole: `arn:aws:iam::111122223333:role/portcullis-dev-${name}-scheduler`,
      function: `arn:aws:lambda:AWS::Region:111122223333:function:portcullis-dev-${name}`,
      deadLetters: `${logicalId(layerOf(name), 'Stack')}.Outputs.DeadLettersUrl`,
      deadLettersArn: `arn:aws:sqs:AWS::Region:111122223333:portcullis-dev-${layerOf(name)}-dead-letters`,
      memberRole: 'portcullis-member',
      account: '111122223333',
      roles: expect.arrayContaining([`portcullis-dev-${name}-function`, `portcullis-dev-${name}-scheduler`]),
    })
  })

  test('keeps its log for 90 days', () => {
    const group = { LogGroupName: `/aws/lambda/portcullis-dev-${name}`, RetentionInDays: 90 }
    expect(ofType('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties)).toContainEqual(group)
  })

  test('an asynchronous event it failed for goes to a dead-letter queue, unless it may hold prompts', () => {
    const config = ofType('AWS::Lambda::EventInvokeConfig')
      .map(([, { Properties }]) => Properties)
      .find(({ FunctionName }) => JSON.stringify(FunctionName) === JSON.stringify({ Ref: functionId(name) }))
    const owner = isService(name) ? name : layerOf(name)
    const expected = {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::Sub': arn('sqs', `portcullis-dev-${owner}-dead-letters`) } },
      },
    }
    // decision-intake and decision-worker are not invoked asynchronously, and what sense is invoked with holds prompts.
    const without = ['decision-intake', 'decision-worker', 'sense'].includes(name)
    if (without) expect(config).toBeUndefined()
    else expect(config).toMatchObject(expected)
  })

  test('fits into 400 kB, SDK and all', () => {
    expect(statSync(zipOf(name)).size).toBeLessThan(400_000)
  })
})

test('the bundles need nothing but Node.js, and hold no more than they use', () => {
  const { inputs, outputs } = JSON.parse(readFileSync(join(it.folder, '.build', 'meta.json'), 'utf8'))
  const imports: { path: string; external?: boolean }[] = Object.values(outputs).flatMap(
    (one) => (one as { imports: { path: string; external?: boolean }[] }).imports,
  )
  expect(imports.filter(({ path, external }) => external && !isBuiltin(path))).toEqual([])
  // What a computer at a desk needs to find credentials, and zod's fifty other languages.
  const idle = /credential-provider-(node|ini|sso|process|login)|zod\/v4\/locales\/(?!en\b|index)/
  const used = Object.values(outputs).flatMap((one) =>
    Object.entries((one as { inputs: Record<string, { bytesInOutput: number }> }).inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  )
  expect(Object.keys(inputs).length).toBeGreaterThan(100)
  expect(used.filter((path) => idle.test(path))).toEqual([])
})

test('the same sources make the same zips', async () => {
  const digests = () =>
    names.map((name) =>
      createHash('sha256')
        .update(readFileSync(zipOf(name)))
        .digest('hex'),
    )
  const before = digests()
  await it.run('rm', '-r', '.build')
  await it.run('node', 'infrastructure/build.ts')
  expect(digests()).toEqual(before)
})

test('nothing is built again when nothing has changed', async () => {
  const made = () => names.map((name) => statSync(zipOf(name)).mtimeMs)
  const before = made()
  await it.run('node', 'infrastructure/build.ts')
  expect(made()).toEqual(before)
  writeFileSync(join(it.folder, 'exceptions.json'), '{ "exceptions": [] }')
  await it.run('node', 'infrastructure/build.ts')
  expect(made()).not.toEqual(before)
})
