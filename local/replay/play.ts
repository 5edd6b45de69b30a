import type { State } from '../../engine/state.ts'
import { attacksOn } from '../attacks/index.ts'
import { type Deployed, StackName } from '../deploy.ts'
import { writeMessageReport } from '../message-report.ts'
import type { Responders } from '../responders.ts'
import { look } from '../seed/look.ts'
import type { Seeded } from '../seed/seeded.ts'
import type { StorySummary, TellStory } from '../story/moment.ts'
import { Bus } from './bus.ts'
import { allTold, asBefore, nothingElse, parked } from './conclude.ts'
import type { ReplayStage } from './expect.ts'
import { FollowedJournal } from './journal.ts'
import { AlertsReader } from './mail.ts'
import { playReplay, releases } from './replay.ts'
import { Score } from './score.ts'

/** Replays every attack on a deployed stack and a seeded account, and returns the summary. */
export async function play(
  deployed: Deployed,
  seeded: Seeded,
  responders: Responders,
  tell: TellStory,
  signal: AbortSignal,
): Promise<StorySummary> {
  const inbox = new AlertsReader(deployed.topic)
  await inbox.subscribe()
  const score = new Score(tell, inbox)
  const stage: ReplayStage = {
    bus: new Bus(StackName),
    journal: new FollowedJournal(deployed.journal, score),
    score,
    tell,
    signal,
  }
  const before: State = await look(seeded)

  const expected = await playReplay(attacksOn(seeded), stage)
  tell({ type: 'chapter', title: 'Release: every containment ends automatically, on expiry' })
  await releases(stage)

  tell({ type: 'chapter', title: 'Verification: what the account shows now' })
  nothingElse(expected, stage)
  asBefore(before, await look(seeded), stage)
  await parked(StackName, stage)
  await allTold(inbox, stage)
  const mails = await inbox.read()
  const sample = mails.find(({ subject }) => subject.startsWith('Contained: deny-inference'))
  if (sample) tell({ type: 'message', topic: deployed.topic, count: mails.length, text: sample.text })
  tell({ type: 'told', ...(await writeMessageReport(responders)) })
  const summary = score.summary(mails.length)
  tell({ type: 'summary', ...summary })
  return summary
}
