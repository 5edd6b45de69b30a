import { describe, expect, test } from 'vitest'
import { patternCodes } from '../../matching/codes.ts'
import { compile } from '../../matching/compile.ts'
import { PatternError } from '../../matching/pattern-error.ts'
import { problems } from '../../matching/validate.ts'

/** Code, place and what to do: what a person needs. */
const told = (pattern: unknown) =>
  problems(typeof pattern === 'string' ? pattern : JSON.stringify(pattern), 'p.json').map(
    ({ code, path, fix }) => [code, path, fix] as const,
  )

const call = (detail: object, more: object = {}) => ({
  source: ['aws.bedrock'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventSource: ['bedrock.amazonaws.com'], ...detail },
  ...more,
})
const finding = (detail: object) => ({
  source: ['aws.guardduty'],
  'detail-type': ['GuardDuty Finding'],
  detail,
})

test('a problem has a place, a reason and a fix', () => {
  const text = '{\n  "detail-type": ["GuardDuty Finding"],\n  "detail": {\n    "severity": ["7"]\n  }\n}'
  expect(problems(text, 'rules/x.json')).toEqual([
    {
      code: 'W2104',
      level: 'warning',
      title: 'the rule can never match',
      problem: '"7" is a string, but the event has a number',
      where: 'rules/x.json:4:18',
      line: 4,
      column: 18,
      path: 'detail.severity[0]',
      why: 'EventBridge compares types too: "7" does not match 7.',
      fix: 'write 7 without "',
    },
  ])
})

test('everything that EventBridge rejects is reported at once, at its place, before the warnings', () => {
  const text =
    '{"a": 1,\n "b": [{"prefx": "x"}],\n "c": [{"numeric": [">"]}, {"anything-but": 1}, 2],\n "c": [{"cidr": "x"}]}'
  expect(problems(text).map(({ code, where, fix }) => `${code} ${where} ${fix}`)).toEqual([
    'E2004 pattern:1:2 [1]',
    "E2005 pattern:2:9 did you mean 'prefix'?",
    'E2009 pattern:4:9 Write a single address as a plain value, without cidr.',
    'W2102 pattern:4:2 Put all alternatives into one list.',
  ])
})

describe('invalid JSON is reported at its place', () => {
  test.each([
    ['', '1:1'],
    ['{"a": [1,]}', '1:10'],
    ['{"a": [1', '1:9'],
    ['{"a": [tru]}', '1:8'],
    ['{"a"\n: ["x\\q"]}', '2:4'],
    ['{"a": ["x\n"]}', '1:8'],
    ['{} {}', '1:4'],
    ['{a: 1}', '1:2'],
    ['{"a" 1}', '1:6'],
    ['{"a": 01}', '1:8'],
    ['{"a": "\u0001"}', '1:7'],
  ])('%j at %s', (text, place) => {
    expect(problems(text, 'p').map(({ code, where }) => [code, where])).toEqual([['E2001', `p:${place}`]])
  })
})

describe('can never match', () => {
  test.each<[string, unknown, ...(readonly [string, string, string])[]]>([
    [
      'a misspelled call',
      call({ eventName: ['InvokeModl'] }),
      ['W2104', 'detail.eventName[0]', "did you mean 'InvokeModel'?"],
    ],
    [
      'one of several calls',
      call({ eventName: ['InvokeModl', 'Converse'] }),
      ['W2105', 'detail.eventName[0]', "did you mean 'InvokeModel'?"],
    ],
    [
      'a prefix of a call',
      call({ eventName: [{ prefix: 'InvokMod' }] }),
      ['W2104', 'detail.eventName[0]', "did you mean 'InvokeMod'?"],
    ],
    [
      'a field in another case',
      call({ eventname: ['Converse'] }),
      ['W2103', 'detail.eventname', "did you mean 'eventName'?"],
    ],
    [
      'a field deep inside',
      call({ userIdentity: { sessionContext: { sessionIsuer: { arn: ['x'] } } } }),
      ['W2103', 'detail.userIdentity.sessionContext.sessionIsuer', "did you mean 'sessionIssuer'?"],
    ],
    [
      'a boolean where a string is required',
      call({ userIdentity: { sessionContext: { attributes: { mfaAuthenticated: [false] } } } }),
      ['W2104', 'detail.userIdentity.sessionContext.attributes.mfaAuthenticated[0]', 'write "false"'],
    ],
    [
      'an event source of a different form',
      call({ eventSource: ['bedrock'] }),
      ['W2104', 'detail.eventSource[0]', "write it in the form 'bedrock.amazonaws.com'"],
    ],
    [
      'source and eventSource that contradict each other',
      call({}, { source: ['aws.iam'] }),
      ['W2104', 'source', "write 'aws.bedrock'"],
    ],
    [
      'a type of event',
      { 'detail-type': ['GuardDuty finding'] },
      ['W2104', 'detail-type[0]', "did you mean 'GuardDuty Finding'?"],
    ],
    [
      'a type of finding',
      finding({ type: [{ prefix: 'Backdor:EC2/' }] }),
      ['W2104', 'detail.type[0]', "did you mean 'Backdoor:EC2/'?"],
    ],
    [
      'a number out of its range',
      finding({ severity: [{ numeric: ['>', 10] }] }),
      ['W2104', 'detail.severity[0]', patternCodes.W2104.fix],
    ],
    [
      'an object, tested for existence',
      finding({ service: [{ exists: true }] }),
      ['W2104', 'detail.service[0]', 'name a field in it'],
    ],
    [
      'a state that there is not',
      { 'detail-type': ['CloudWatch Alarm State Change'], detail: { state: { value: ['Alarm'] } } },
      ['W2104', 'detail.state.value[0]', "did you mean 'ALARM'?"],
    ],
    [
      'the API’s names for fields',
      finding({ Severity: [7] }),
      ['W2103', 'detail.Severity', "did you mean 'severity'?"],
    ],
    [
      'one branch of $or',
      call({ $or: [{ eventName: ['Convers'] }, { eventName: ['Converse'] }] }),
      ['W2105', 'detail.$or[0].eventName[0]', "did you mean 'Converse'?"],
    ],
    [
      'every branch of $or',
      call({ $or: [{ eventName: ['Convers'] }, { readOnly: ['true'] }] }),
      ['W2104', 'detail.$or[0].eventName[0]', "did you mean 'Converse'?"],
      ['W2104', 'detail.$or[1].readOnly[0]', 'write true without "'],
    ],
  ])('%s', (_, pattern, ...expected) => {
    expect(told(pattern)).toEqual(expected)
  })

  test.each<[string, unknown]>([
    ['a call that is new', call({ eventName: ['SummonModel'] })],
    ['a finding that is new', finding({ type: ['Impact:Quantum/Collapse'] })],
    [
      'a call of a service that we do not know',
      call({ eventSource: ['ec2.amazonaws.com'], eventName: ['RunInstance'] }, { source: ['aws.ec2'] }),
    ],
    ['absence, also of what there never is', call({ errorcode: [{ exists: false }] })],
    [
      'parameters of which we know nothing',
      call({ requestParameters: { any: { thing: ['x'] } }, responseElements: [null] }),
    ],
    [
      'ranges that reach in',
      finding({ severity: [{ numeric: ['>', 9.9] }, { numeric: ['<=', 1] }, { numeric: ['>', 5, '<', 6] }] }),
    ],
    ['an event of a type that we do not know', { 'detail-type': ['My Event'], detail: { type: [1] } }],
  ])('but not %s', (_, pattern) => expect(told(pattern)).toEqual([]))
})

describe('accepted, but probably not intended', () => {
  test.each<[string, unknown, ...string[]]>([
    ['beside anything-but', { a: ['x', { 'anything-but': 'y' }] }, 'W2106 a[0]'],
    ['twice anything-but', { a: [{ 'anything-but': 'x' }, { 'anything-but': 'y' }] }, 'W2106 a[1]'],
    ['beside exists', { a: [{ exists: true }, 1] }, 'W2106 a[1]'],
    ['addresses beside texts', { a: [{ cidr: '10.0.0.0/8' }, { prefix: '192.' }] }, 'W2108 a[1]'],
    ['addresses beside numbers', { a: ['10.0.0.1', 5] }, 'W2108 a[0]'],
    [
      'many wildcards',
      { a: ['w', 'x', 'y', 'z'].map((one) => ({ wildcard: `*:stack/${one}/*` })) },
      'W2107 a',
    ],
    ['one path twice', { a: { b: [1] }, 'a.b': [2] }, 'W2102 a.b'],
    ['long', { a: Array.from({ length: 300 }, (_, at) => `value-${at}`) }, 'W2101 '],
  ])('%s', (_, pattern, ...expected) => {
    expect(told(pattern).map(([code, path]) => `${code} ${path}`)).toEqual(expected)
  })
  test.each<[string, unknown]>([
    ['an exception to anything-but', { a: [{ 'anything-but': { prefix: 'x' } }, 'xy', { exists: false }] }],
    [
      'three patterns with two wildcards',
      { a: ['x', 'y', 'z'].map((one) => ({ wildcard: `*:stack/${one}/*` })) },
    ],
  ])('but not %s', (_, pattern) => expect(told(pattern)).toEqual([]))
  test('EventBridge rejects more than 4,096 characters', () => {
    expect(told({ a: ['x'.repeat(4096)] }).map(([code]) => code)).toEqual(['E2012'])
  })
})

test('what compile rejects is an error here, with the same code and place', () => {
  const pattern = { detail: { $or: [{ a: [1] }, { b: [{ wildcard: '**' }] }] } }
  const thrown = (() => {
    try {
      return compile(pattern)
    } catch (error) {
      return error as PatternError
    }
  })()
  expect(thrown).toBeInstanceOf(PatternError)
  expect(thrown).toMatchObject({
    code: 'E2008',
    message: 'detail.$or[1].b[0].wildcard: two * in a row at character 1',
  })
  expect(told(pattern).map(([code, path]) => `${code} ${path}`)).toEqual([
    'E2008 detail.$or[1].b[0].wildcard',
  ])
})

test('the content of the text is shown sanitized', () => {
  const [problem] = problems(JSON.stringify({ 'a\u001b[2J\u202e': [{ 'pre\u0007fix': 1 }] }))
  expect(JSON.stringify(problem)).not.toMatch(/\\u001b|\\u0007|\u202e/)
  expect(problem?.fix).toBe("did you mean 'prefix'?")
})

test('every code has a title, a reason and a fix', () => {
  for (const { title, why, fix } of Object.values(patternCodes))
    expect([title, why, fix].every((text) => text.length > 5)).toBe(true)
})
