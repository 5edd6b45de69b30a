import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  LambdaClient,
  paginateListEventSourceMappings,
  paginateListFunctions,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { build } from '../../../infrastructure/build.ts'
import { type DoctorCheck, failedCheck, passedCheck, warningCheck } from '../check.ts'
import type { StagePlace } from '../place.ts'

export const stack: DoctorCheck = {
  name: 'stack',
  title: 'stack',
  why: 'nothing is watched before it is deployed',
  fix: 'portcullis deploy',
  async check({ prefix, region, stack }) {
    if (!stack) return failedCheck(`there is no ${prefix} in ${region}`)
    if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(stack.status))
      return passedCheck(`${prefix} is ${stack.status}`)
    const says = `${prefix} is ${stack.status}`
    return stack.status.endsWith('IN_PROGRESS')
      ? warningCheck(says, 'wait until it has ended')
      : failedCheck(says)
  },
}

export const functions: DoctorCheck = {
  name: 'functions',
  title: 'functions',
  why: 'what is deployed is not what was reviewed here',
  fix: 'portcullis deploy',
  deployed: true,
  async check({ prefix }) {
    const [built, deployed] = await Promise.all([hashes(), deployedHashes(prefix)])
    const missing = [...built.keys()].filter((name) => !deployed.has(name))
    const other = [...built].filter(([name, hash]) => (deployed.get(name) ?? hash) !== hash)
    if (missing.length > 0) return failedCheck(`${missing.join(', ')}: not deployed`)
    const names = other.map(([name]) => name).join(', ')
    return other.length > 0
      ? warningCheck(`${other.length} of ${built.size} are of another build: ${names}`)
      : passedCheck(`all ${built.size} are of this build`)
  },
}

/** What Lambda calls a function's code by: SHA-256, base64. Source: Lambda API reference, CodeSha256. */
export async function hashes(): Promise<Map<string, string>> {
  const built = await build()
  const each = built.map(async ({ name, zip }) => {
    const hash = createHash('sha256')
      .update(await readFile(zip))
      .digest('base64')
    return [name, hash] as const
  })
  return new Map(await Promise.all(each))
}

/** The same of what is deployed, by the functions' names without the prefix. */
export async function deployedHashes(prefix: string): Promise<Map<string, string>> {
  const pages = await Array.fromAsync(paginateListFunctions({ client: new LambdaClient({}) }, {}))
  const own = pages
    .flatMap(({ Functions = [] }) => Functions)
    .filter(({ FunctionName = '' }) => FunctionName.startsWith(`${prefix}-`))
  return new Map(
    own.map(({ FunctionName = '', CodeSha256 = '' }) => [FunctionName.slice(prefix.length + 1), CodeSha256]),
  )
}

export const sources: DoctorCheck = {
  name: 'sources',
  title: 'wiring',
  why: 'people hear of nothing, and nothing that they decide is carried out',
  fix: 'portcullis doctor --fix sources',
  deployed: true,
  async check(place) {
    const all = await mappingsOf(place)
    const off = all.filter(({ on }) => !on)
    if (all.length === 0)
      return failedCheck('nothing invokes announce and decision-worker', 'portcullis deploy')
    const says = off.map(({ name, from, state }) => `${name} is not fed by ${from} (${state})`).join('; ')
    return off.length > 0
      ? failedCheck(says)
      : passedCheck(`${all.length} sources feed announce, decision-worker and sense`)
  },
  async mend(place) {
    const off = (await mappingsOf(place)).filter(({ on }) => !on)
    return off.map(({ UUID }) => ({
      says: `lambda update-event-source-mapping --uuid ${UUID} --enabled`,
      make: () => new LambdaClient({}).send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true })),
    }))
  },
}

async function mappingsOf({ prefix }: StagePlace) {
  const pages = await Array.fromAsync(paginateListEventSourceMappings({ client: new LambdaClient({}) }, {}))
  return pages
    .flatMap(({ EventSourceMappings = [] }) => EventSourceMappings)
    .filter(({ FunctionArn = '' }) => FunctionArn.includes(`:function:${prefix}-`))
    .map(({ UUID = '', FunctionArn = '', EventSourceArn = '', State = '' }) => ({
      UUID,
      name: FunctionArn.split(`:${prefix}-`)[1] ?? FunctionArn,
      from: EventSourceArn.includes(':dynamodb:') ? 'the journal' : (EventSourceArn.split(':').at(-1) ?? ''),
      state: State,
      on: ['Enabled', 'Enabling', 'Creating', 'Updating'].includes(State),
    }))
}
