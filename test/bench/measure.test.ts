import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureFunction } from '../../bench/measure.ts'
import { tableOf } from '../../bench/table.ts'
import { build } from '../../infrastructure/build.ts'
import { type Cloud, startCloud } from '../cloud.ts'
import { scene } from '../scenes/identity/deny-inference.ts'

let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud()
})
afterAll(() => cloud.stop())

test('a playbook is measured from its bundle, and its calls are counted', async () => {
  const built = (await build()).find(({ name }) => name === 'deny-inference')
  if (!built) throw new Error('The build makes no function deny-inference.')
  const cost = await measureFunction(cloud, built, scene, { runs: 1, warm: 1, delays: [0, 300] })

  // The engine's order: journal, incident and target are read in parallel, then enter, schedule and write in sequence;
  // verify reads in parallel. The delay is long enough that parallel calls overlap on a busy machine.
  expect(cost.chain.slice(2)).toEqual([
    'dynamodb:TransactWriteItems',
    'scheduler:CreateSchedule',
    'iam:AttachRolePolicy',
  ])
  expect(cost).toMatchObject({
    name: 'deny-inference',
    by: 'rule',
    sequential_before_write: 4,
    sequential: 7,
  })
  // Four in parallel, three in sequence, two in parallel, and the record's last step.
  expect(cost.calls).toBe(14)
  expect(cost.zip_kb).toBe(Math.round(built.size / 100) / 10)
  expect(cost).toMatchObject(cost.delays[0] ?? {})
  expect(Object.keys(cost.delays)).toEqual(['0', '300'])
  for (const value of [cost.import_ms, cost.cold_ms, cost.warm_ms, cost.cpu_ms, cost.rss_mb])
    expect(value).toBeGreaterThan(0)
  // A cold start contains the import.
  expect(cost.cold_ms).toBeGreaterThan(cost.import_ms)

  const [heading, row] = tableOf([cost]).split('\n')
  expect(heading).toHaveLength(row?.length ?? 0)
  expect(row).toMatch(/^deny-inference +14 +7 +4 /)
})

test('a function that does not contain is an error, not a measurement', async () => {
  const built = (await build()).find(({ name }) => name === 'deny-session')
  if (!built) throw new Error('The build makes no function deny-session.')
  // Its rules do not call that playbook, so the function sends the event to its dead-letter queue.
  await expect(measureFunction(cloud, built, scene, { runs: 1, warm: 0, delays: [0] })).rejects.toThrow(
    'parked instead of contained',
  )
})
