import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  LambdaClient,
  paginateListEventSourceMappings,
  paginateListFunctions,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { build } from '../../../../infrastructure/build.ts'
import type { StagePlace } from '../../stage/stage-place.ts'
import { type DoctorCheck, failedCheck, passedCheck, warningCheck } from '../check.ts'

export const stackCheck: DoctorCheck = {
  name: 'stack',
  title: 'stack',
  why: 'detection and response need the stack',
  fix: 'portcullis deploy',
  async check({ prefix, region, stack }) {
    if (!stack) return failedCheck(`${prefix} is not deployed in ${region}`)
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
  why: 'the deployed code is not the code of this checkout',
  fix: 'portcullis deploy',
  deployed: true,
  async check({ prefix }) {
    const [built, deployed] = await Promise.all([hashes(), deployedHashes(prefix)])
    const missing = [...built.keys()].filter((name) => !deployed.has(name))
    const other = [...built].filter(([name, hash]) => (deployed.get(name) ?? hash) !== hash)
    if (missing.length > 0) return failedCheck(`${missing.join(', ')}: not deployed`)
    const names = other.map(([name]) => name).join(', ')
    return other.length > 0
      ? warningCheck(`${other.length} of ${built.size} have other code than this build: ${names}`)
      : passedCheck(`all ${built.size} have the code of this build`)
  },
}

/** The hashes of the built functions, by name: SHA-256 in base64. Source: Lambda API reference, CodeSha256. */
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

/** The hashes of the deployed functions, by name without the prefix. */
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
  title: 'triggers',
  why: 'without them no notification is sent and no decision is applied',
  fix: 'portcullis doctor --fix sources',
  deployed: true,
  async check(place) {
    const all = await mappingsOf(place)
    const off = all.filter(({ on }) => !on)
    if (all.length === 0)
      return failedCheck('the functions have no event source mappings', 'portcullis deploy')
    const says = off.map(({ name, from, state }) => `${from} to ${name} is ${state}`).join('; ')
    return off.length > 0
      ? failedCheck(says)
      : passedCheck(`all ${all.length} event source mappings are enabled`)
  },
  async fixCalls(place) {
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
