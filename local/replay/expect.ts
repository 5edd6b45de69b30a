import type { Containment } from '../../engine/journal/record.ts'
import type { Expected, PlayedAttack } from '../attacks/index.ts'
import type { TellStory } from '../story/moment.ts'
import { nameOfRecord } from '../story/names.ts'
import type { Bus } from './bus.ts'
import { answeredAlready, approveAsMaria, deny, responder } from './functions.ts'
import type { FollowedJournal } from './journal.ts'
import type { Score } from './score.ts'

/** What a replay works with. */
export interface ReplayStage {
  bus: Bus
  journal: FollowedJournal
  score: Score
  tell: TellStory
  signal: AbortSignal
}

/** How long an expected result may take: a busy machine is slow to start a function. */
const patienceMs = 120_000
const reason = 'this would stop the whole chatbot, and its guardrail holds'

type Contains = Extract<Expected, { playbook: string }>

/** Waits for an attack's expected results, decides proposals as a person would, and returns the containments' ids. */
export async function settleExpected(
  { name, expect }: PlayedAttack,
  since: number,
  stage: ReplayStage,
): Promise<string[]> {
  const { journal, score, signal, tell } = stage
  const records = () => [...journal.records.values()].filter((one) => score.attackBehind(one) === name)
  const notices = () => [...journal.notices.values()].filter(({ id }) => score.attackOf(id) === name)
  const recordOf = (it: Contains) => records().find((one) => fits(one, it))

  await journal.until(() => expect.every(hasCome), patienceMs, signal)
  const ids: string[] = []
  for (const it of expect) {
    if ('already' in it) await findsDone(it.already)
    else if ('notice' in it) hasCome(it) || score.fail(`${name}: no notice says that it is ${it.notice}`)
    else ids.push(...(await rests(it)))
  }
  return ids

  function hasCome(it: Expected): boolean {
    if ('already' in it) return true
    if ('notice' in it) return notices().some(({ kind }) => kind === it.notice)
    const record = recordOf(it)
    return record !== undefined && record.status !== 'containing'
  }

  async function rests(it: Contains): Promise<string[]> {
    const record = recordOf(it)
    if (!record) score.fail(`${name}: ${it.playbook} was expected but did not run`)
    else if (it.ends !== 'contained') await decide(record, it.ends, stage)
    else if (record.status === 'containing' || record.status === 'proposed' || record.status === 'observed')
      score.fail(`${nameOfRecord(record)} is only ${record.status}`, record.why ? [record.why] : [])
    return record ? [record.id] : []
  }

  async function findsDone(playbook: string): Promise<void> {
    for (const end = Date.now() + patienceMs; Date.now() < end; )
      if ((await answeredAlready(playbook, since)) > 0)
        return tell(
          { type: 'unchanged', says: `${playbook} answers that the target is already contained` },
          name,
        )
      else await journal.until(() => false, 0, signal)
    score.fail(`${name}: ${playbook} has not answered that the target is already contained`)
  }
}

/** Approves or denies a proposal as a person. */
async function decide(record: Containment, ends: 'approved' | 'denied', stage: ReplayStage): Promise<void> {
  const { journal, score, signal, tell } = stage
  if (record.status !== 'proposed')
    return score.fail(`${nameOfRecord(record)} is ${record.status}, not proposed`)
  const says = ends === 'approved' ? `approves plan ${record.plan.hash.slice(0, 7)}` : `denies it: ${reason}`
  tell({ type: 'decided', record, who: responder, says }, score.attackBehind(record))
  await (ends === 'approved' ? approveAsMaria(record) : deny(record, reason))
  const wanted = ends === 'approved' ? 'contained' : 'closed'
  const moved = () => journal.records.get(record.id)?.status === wanted
  if (!(await journal.until(moved, patienceMs, signal)))
    score.fail(`${nameOfRecord(record)} was ${ends} but is not ${wanted}`)
}

const fits = ({ playbook, target }: Containment, it: Contains): boolean =>
  playbook === it.playbook &&
  Object.entries(it.target).every(([key, value]) => target[key as keyof typeof target] === value)
