import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { handler as decisionWorker } from '../../../functions/decision-worker.ts'
import type { OrderAnswer } from '../../../responders/decisions/order-answer.ts'
import { makeProof } from '../../../responders/decisions/proof/sts-proof.ts'
import { inProgress, recordDecision } from '../../../responders/decisions/worker/decision-record.ts'
import { prefix } from '../../cloud.ts'
import { startSite } from './site.ts'

const site = await startSite()
afterAll(() => site.stop())
afterEach(() => vi.unstubAllEnvs())

describe('an order by AWS credentials', () => {
  beforeEach(async () => {
    await site.reset()
    await site.become('maria')
  })
  const stands = async (id: string) => (await site.incident(id))?.containments[0]
  const proposed = async (more = {}) => {
    const { id, containment, plan, play } = await site.happens('approve', more)
    return { it: { incident: id, containment, plan }, play }
  }

  test('approves the plan that was shown, and records who, how and from where', async () => {
    const { it } = await proposed()
    const answer = await site.command({ verb: 'approve', ...it, plan: it.plan.slice(0, 7) })
    expect(answer).toMatchObject({
      decision: {
        verb: 'approve',
        containment: it.containment,
        outcome: 'done',
        by: { who: 'maria', how: 'iam', from: 'arn:aws:iam::123456789012:user/maria' },
      },
      outcome: { status: 'contained' },
      plan: { hash: it.plan },
    })
    const incident = await site.incident(it.incident)
    expect(incident?.containments[0]).toMatchObject({ status: 'contained' })
    expect(incident?.containments[0]?.history.at(-1)?.by).toEqual(answer.decision.by)
    expect(incident?.decisions).toMatchObject([{ id: answer.decision.id, outcome: 'done' }])
  })

  test('decides a critical incident', async () => {
    const { it } = await proposed({ severity: 'critical' })
    expect((await site.command({ verb: 'approve', ...it })).decision.outcome).toBe('done')
  })

  test('finds the only containment by its incident', async () => {
    const { it } = await proposed()
    const { decision } = await site.command({ verb: 'deny', incident: it.incident, reason: 'expected' })
    expect(decision).toMatchObject({ outcome: 'done', containment: it.containment })
    expect(await stands(it.incident)).toMatchObject({ status: 'closed' })
  })

  test('delivered twice is carried out once and answered twice', async () => {
    const { it } = await proposed()
    await site.command({ verb: 'approve', ...it })
    const [row] = (await site.scan()).filter(({ sk }) => sk.startsWith('decision#'))
    const { id, at } = row as { id: string; at: string }
    const order = { id, at, verb: 'approve' as const, ...it, claim: { how: 'iam' as const } }
    const proof = await makeProof(order, { region: 'us-east-1' })
    const before = site.invoked.length
    const again = (await decisionWorker({ ...order, claim: { how: 'iam', proof } })) as OrderAnswer
    expect(again.decision).toMatchObject({ id, outcome: 'done', says: row?.says })
    expect(site.invoked).toHaveLength(before)
    expect((await site.scan()).filter(({ sk }) => sk.startsWith('decision#'))).toEqual([row])
  })

  test('is resumed when its function died half-way', async () => {
    const { it } = await proposed()
    const unsigned = { id: randomUUID(), at: new Date().toISOString(), verb: 'approve' as const, ...it }
    const proof = await makeProof({ ...unsigned, claim: { how: 'iam' } }, { region: 'us-east-1' })
    const order = { ...unsigned, claim: { how: 'iam', proof } }
    site.lambda.breaksConnection = true
    await expect(decisionWorker(order)).rejects.toThrow()
    site.lambda.breaksConnection = false
    expect((await site.incident(it.incident))?.decisions).toMatchObject([
      { says: 'It is being carried out.' },
    ])
    expect(((await decisionWorker(order)) as OrderAnswer).decision.outcome).toBe('done')
    expect(await stands(it.incident)).toMatchObject({ status: 'contained' })
  })

  test('cannot be resumed by another person who knows its id', async () => {
    const { it } = await proposed()
    const [id, at] = [randomUUID(), new Date().toISOString()]
    const by = { who: 'lee', how: 'iam' }
    const decision = { id, at, verb: 'approve' as const, containment: it.containment, by }
    await recordDecision(it.incident, { ...decision, outcome: 'waiting', says: inProgress }, prefix)
    for (const name of ['maria', 'sam']) {
      await site.become(name)
      const unsigned = { id, at, verb: 'approve' as const, ...it, claim: { how: 'iam' as const } }
      const proof = await makeProof(unsigned, { region: 'us-east-1' })
      const answer = (await decisionWorker({ ...unsigned, claim: { how: 'iam', proof } })) as OrderAnswer
      expect(answer.decision).toMatchObject({ outcome: 'refused', by: { who: name } })
    }
    expect(await stands(it.incident)).toMatchObject({ status: 'proposed' })
  })

  test('given twice at once counts once, and the other answer names the first', async () => {
    const { it } = await proposed()
    const [maria, lee] = await Promise.all([
      site.command({ verb: 'approve', ...it }),
      site.command({ verb: 'approve', ...it }),
    ])
    const [done, late] = maria.decision.outcome === 'done' ? [maria, lee] : [lee, maria]
    expect(done.decision.outcome).toBe('done')
    expect(late.decision).toMatchObject({
      outcome: 'late',
      says: expect.stringMatching(/^Already approved by maria \(command line\) at \d\d:\d\d UTC\.$/),
    })
    const { history = [] } = (await stands(it.incident)) ?? {}
    expect(history.filter(({ status }) => status === 'containing')).toHaveLength(1)
  })

  test('for another plan is superseded and returns the present one', async () => {
    const { it } = await proposed()
    const answer = await site.command({ verb: 'approve', ...it, plan: 'f'.repeat(64) })
    expect(answer).toMatchObject({ decision: { outcome: 'superseded' }, plan: { hash: it.plan } })
    expect(site.invoked).toEqual([])
  })

  test('waits for the second approval where two are required', async () => {
    const { it } = await proposed({ ask: { approvals: 2 } })
    const first = await site.command({ verb: 'approve', ...it })
    expect(first.decision).toMatchObject({ outcome: 'waiting', says: 'Approved by 1 of 2.' })
    expect((await site.command({ verb: 'approve', ...it })).decision).toMatchObject({ outcome: 'refused' })
    await site.become('lee')
    expect((await site.command({ verb: 'approve', ...it })).decision.outcome).toBe('done')
  })

  test('from a person outside the approver group is refused, recorded, and changes nothing', async () => {
    const { it } = await proposed()
    await site.become('sam')
    expect(await site.command({ verb: 'approve', ...it })).toMatchObject({
      decision: {
        outcome: 'refused',
        says: 'Only @sec-oncall (maria, lee) can decide.',
        by: { who: 'sam' },
      },
    })
    expect((await stands(it.incident))?.status).toBe('proposed')
    expect((await site.incident(it.incident))?.decisions).toMatchObject([
      { outcome: 'refused', by: { who: 'sam' } },
    ])
    expect(site.invoked).toEqual([])
  })

  test('previews an undo, and undoes it', async () => {
    const { id, containment, play } = await site.happens('contain')
    const before = await play.stage.look()
    const it = { incident: id, containment }
    const preview = await site.command({ verb: 'preview-undo', ...it })
    expect(preview.plan?.changes.length).toBeGreaterThan(0)
    expect(await play.stage.look()).toEqual(before)
    expect((await site.incident(id))?.decisions).toEqual([])
    const undone = await site.command({ verb: 'undo', ...it, reason: 'nightly re-index' })
    expect(undone.decision).toMatchObject({ outcome: 'done', by: { reason: 'nightly re-index' } })
    expect(await play.stage.look()).toEqual(play.before)
    const late = await site.command({ verb: 'undo', ...it, reason: 'again' })
    expect(late.decision).toMatchObject({
      outcome: 'late',
      says: expect.stringMatching(/^Already undone by maria/),
    })
  })

  test('stops at changes by others unless it says force or leave', async () => {
    const { id, containment, play } = await site.happens('contain')
    const it = { incident: id, containment, reason: 'over' }
    await play.stage.meddle?.()
    const theirs = await play.stage.look()
    const stopped = await site.command({ verb: 'undo', ...it })
    expect(stopped.decision).toMatchObject({
      outcome: 'failed',
      says: expect.stringMatching(/Changed by others/),
    })
    expect(await play.stage.look()).toEqual(theirs)
    const left = await site.command({ verb: 'undo', ...it, leave: true })
    expect(left.decision.outcome).toBe('done')
    expect(await play.stage.look()).toEqual(theirs)
    expect(await stands(id)).toMatchObject({ status: 'closed' })
  })

  test('extends a containment', async () => {
    const { id, containment } = await site.happens('contain')
    const due = Date.parse((await stands(id))?.due ?? '')
    const { decision } = await site.command({ verb: 'extend', incident: id, containment, for: '4h' })
    expect(decision.outcome).toBe('done')
    expect(Date.parse((await stands(id))?.due ?? '') - due).toBe(4 * 3_600_000)
  })

  test('pauses all playbooks with one notice, and resumes them', async () => {
    const { decision } = await site.command({ verb: 'pause', reason: 'migration' })
    expect(decision).toMatchObject({ outcome: 'done', by: { who: 'maria' } })
    const [paused] = (await site.scan()).filter(({ pk }) => pk === 'pause')
    expect(Object.keys(paused?.paused)).toEqual(['all'])
    const left = Date.parse(paused?.paused.all.until) - Date.now()
    expect(left).toBeGreaterThan(59 * 60_000)
    expect(left).toBeLessThanOrEqual(60 * 60_000)
    const { it } = await proposed()
    expect(await stands(it.incident)).toMatchObject({ status: 'observed' })
    await site.command({ verb: 'pause', playbook: 'notify', for: '7d' })
    expect((await site.command({ verb: 'pause', for: '8d' })).decision.outcome).toBe('refused')
    await site.command({ verb: 'resume' })
    const [after] = (await site.scan()).filter(({ pk }) => pk === 'pause')
    expect(Object.keys(after?.paused)).toEqual(['notify'])
    expect((await site.cloud.notices()).map(({ kind }) => kind).sort()).toEqual([
      'paused',
      'paused',
      'resumed',
    ])
  })

  test('from a person without approval rights pauses nothing', async () => {
    await site.become('sam')
    expect((await site.command({ verb: 'pause' })).decision).toMatchObject({ outcome: 'refused' })
    expect((await site.scan()).filter(({ pk }) => pk === 'pause')).toEqual([])
  })

  test('for another stack is refused', async () => {
    const { decision } = await site.command({ verb: 'pause', stage: 'portcullis-dev' })
    expect(decision).toMatchObject({
      outcome: 'refused',
      says: `This order is for portcullis-dev; this stack is ${prefix}.`,
    })
  })

  test('about an unknown incident or containment is refused', async () => {
    const { it } = await proposed()
    const nothing = await site.command({ verb: 'approve', incident: 'inc-00000000', plan: it.plan })
    expect(nothing.decision).toMatchObject({ outcome: 'refused', says: 'There is no incident inc-00000000.' })
    const other = await site.command({ verb: 'approve', ...it, containment: 'c-0000000000000000' })
    expect(other.decision.outcome).toBe('refused')
  })
})

describe('the two inputs of the worker', () => {
  beforeEach(() => site.reset())
  const order = { id: randomUUID(), at: new Date().toISOString(), verb: 'approve' }
  const slack = { how: 'slack', user: 'U000000002', team: 'T1', channel: 'C1' }
  const mail = { how: 'mail', person: 'maria', address: 'maria@example.com', code: '12345678' }
  const iam = { how: 'iam', proof: { headers: {}, body: '' } }

  test.each([slack, mail])('an invocation cannot carry a claim by $how', async (claim) => {
    const { decision } = (await decisionWorker({ ...order, incident: 'inc-7f3a1b2c', claim })) as OrderAnswer
    expect(decision).toMatchObject({ outcome: 'refused', says: expect.stringMatching(/proof from AWS STS/) })
  })

  test('the queue cannot carry a proof of AWS credentials', async () => {
    await site.put({ ...order, claim: iam })
    expect((await site.deliver()).batchItemFailures).toHaveLength(1)
  })

  test('the queue cannot carry a pause', async () => {
    await site.put({ ...order, verb: 'pause', claim: slack })
    expect(await site.deliver()).toEqual({ batchItemFailures: [] })
    expect((await site.scan()).filter(({ pk }) => pk === 'pause')).toEqual([])
  })

  test('an invocation cannot carry a message that the queue did not deliver', async () => {
    const { id, containment, plan } = await site.happens()
    const body = JSON.stringify({ ...order, incident: id, containment, plan, claim: slack })
    const Records = [{ messageId: '1', receiptHandle: 'made-up', body }]
    expect(await decisionWorker({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] })
    expect((await site.incident(id))?.containments[0]?.status).toBe('proposed')
    expect(site.invoked).toEqual([])
  })

  test('one failing message does not hold up the others', async () => {
    const { id, containment, plan } = await site.happens()
    await site.put({ nonsense: true })
    await site.put({ ...order, id: randomUUID(), incident: id, containment, plan, claim: slack })
    expect((await site.deliver()).batchItemFailures).toHaveLength(1)
    expect((await site.incident(id))?.containments[0]?.status).toBe('contained')
  })
})
