import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { serviceNames } from '../../engine/role-names.ts'
import { arn, type PolicyDocument, type Resource, the } from '../../infrastructure/stack/template/template.ts'
import { lint } from './lint.ts'

const root = join(import.meta.dirname, '..', '..')
const printed = execFileSync(process.execPath, ['infrastructure/stack/print-member.ts', 'prod'], {
  cwd: root,
  encoding: 'utf8',
})
const { Resources, Parameters } = JSON.parse(printed) as {
  Resources: Record<string, Resource>
  Parameters: object
}

const home = { account: the('Home') }
const folder = mkdtempSync(join(tmpdir(), 'portcullis-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the linter reports nothing', async () => {
  const template = join(folder, 'member.json')
  writeFileSync(template, printed)
  expect(await lint(template)).toEqual([])
})

test("only the roles of the playbooks' functions may assume the role", () => {
  const { RoleName, AssumeRolePolicyDocument } = Resources.Member?.Properties ?? {}
  expect(RoleName).toBe('portcullis-member')
  expect(Object.keys(Parameters)).toEqual(['Home'])
  const caller = (name: string) => ({ 'Fn::Sub': arn('iam', `role/portcullis-prod-${name}-function`, home) })
  expect(AssumeRolePolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Sub': arn('iam', 'root', home) } },
        Action: 'sts:AssumeRole',
        Condition: {
          ArnLike: { 'aws:PrincipalArn': caller('*') },
          ArnNotEquals: { 'aws:PrincipalArn': serviceNames.map(caller) },
        },
      },
    ],
  })
})

test('the policy that deny-inference attaches has the same name in that account', () => {
  expect(Resources.DenyInference?.Properties.ManagedPolicyName).toBe('portcullis-prod-deny-inference')
})

test('the grants are in policies that IAM accepts, all on the role', () => {
  const pages = Object.entries(Resources).filter(([id]) => id.startsWith('Grants'))
  expect(pages.length).toBeGreaterThan(0)
  // Source: IAM quotas, managed policies attached to a role and characters in one.
  expect(pages.length).toBeLessThanOrEqual(10)
  for (const [, { Properties }] of pages) {
    expect(Properties.Roles).toEqual([{ Ref: 'Member' }])
    expect(
      JSON.stringify(Properties.PolicyDocument).replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1').length,
    ).toBeLessThanOrEqual(6144)
  }
})

test('the role may not change itself or its policies, and is granted nothing on the journal', () => {
  const policies = Resources.Member?.Properties.Policies as { PolicyDocument: PolicyDocument }[] | undefined
  const never = policies?.[0]?.PolicyDocument.Statement[0]
  const own = ['role/portcullis-member', 'policy/portcullis-member-*', 'policy/portcullis-prod-*']
  expect(never?.Resource).toEqual(own.map((one) => ({ 'Fn::Sub': arn('iam', one) })))
  expect(JSON.stringify(Resources)).not.toContain(':table/portcullis')
})

test('without a stage nothing is printed, and an error asks for it', () => {
  const bare = () =>
    execFileSync(process.execPath, ['infrastructure/stack/print-member.ts'], { cwd: root, stdio: 'pipe' })
  expect(bare).toThrow('Which stage?')
})
