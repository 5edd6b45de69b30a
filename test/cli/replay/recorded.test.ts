import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { evaluatorFor } from '../../../cli/replay/evaluator-for.ts'
import { filesAt } from '../../../cli/replay/read/files.ts'
import { batchesOf, replay } from '../../../cli/replay/replay.ts'

/** Events that others recorded or published, beside the repository where there are any. */
const folder = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url))
const there = existsSync(folder)
if (!there) console.info(`Skipped: no recorded events in ${folder}, so replaying is not tried on them.`)

/** How many records were read, and what each rule that fired decided. */
async function replayed(...files: string[]) {
  const it = await evaluatorFor({ prefix: 'portcullis-dev' })
  const found = { read: 0, unreadable: 0, byRule: {} as Record<string, string[]> }
  for await (const batch of replay(batchesOf(files.map((file) => folder + file)), it))
    for (const one of batch) {
      if ('error' in one) found.unreadable++
      else {
        found.read++
        for (const { rule, decision } of one.decisions) {
          found.byRule[rule] ??= []
          found.byRule[rule].push(decision)
        }
      }
    }
  return found
}

test.runIf(there)('attacks and tests of CloudTrail are read to the last record', async () => {
  const files = (await filesAt(`${folder}cloudtrail`)).filter((file) => !file.includes('.index.'))
  const { read, unreadable, byRule } = await replayed(...files.map((file) => file.slice(folder.length)))
  expect(read).toBeGreaterThan(330)
  // Five of Panther's name no service.
  expect(unreadable).toBe(5)
  expect(byRule['iam-key-quarantined']).toContain('contain')
})

test.runIf(there)('samples of GuardDuty are held back, whichever way their keys are written', async () => {
  const { read, unreadable, byRule } = await replayed(
    'guardduty/custodian-events.jsonl',
    'guardduty/blu371ck-samples.jsonl',
    'guardduty/panther-low-med-high.jsonl',
    'guardduty/aws-samples-events.jsonl',
  )
  expect({ read, unreadable }).toEqual({ read: 16, unreadable: 0 })
  expect(new Set(Object.values(byRule).flat())).toEqual(new Set(['guarded', 'none']))
})

test.runIf(there)('findings of Security Hub are read, and no rule is about them', async () => {
  const { read, unreadable, byRule } = await replayed(
    'securityhub/asr-afsbp.jsonl',
    'securityhub/awsdocs-control-findings.jsonl',
    'securityhub/defectdojo-config.jsonl',
    'securityhub/asr-eventbridge.jsonl',
    'securityhub/custodian-events.jsonl',
    'securityhub/panther-decoys.jsonl',
  )
  expect({ read, unreadable, byRule }).toEqual({ read: 65, unreadable: 0, byRule: {} })
})
