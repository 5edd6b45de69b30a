import { approve } from './approve.ts'
import { type Command, isEvent, parseCommand } from './command.ts'
import { contain, recordRefusal } from './contain.ts'
import { deadLetter, reportFailure } from './dead-letter.ts'
import { BadEvent, Incomplete } from './errors.ts'
import { expire } from './expire.ts'
import { extend } from './extend.ts'
import { guardEvent } from './guard.ts'
import { log } from './log.ts'
import type { AnyPlaybook } from './playbook.ts'
import { preview } from './preview.ts'
import { previewRelease } from './preview-release.ts'
import { release } from './release.ts'
import type { Event, Rule } from './rule.ts'
import type { Outcome, Run } from './run.ts'
import { readSettings } from './settings.ts'
import { parseTarget } from './target.ts'
import { targetsOf } from './targets.ts'

/**
 * The one door to a playbook: a rule, a person and the clock all send it a command. Gives one outcome a target.
 * Throws only what may succeed when delivered again, and never without having announced it.
 */
export const respond =
  (playbook: AnyPlaybook, rules: readonly Rule[]) =>
  async (input: unknown): Promise<Outcome[]> => {
    const started = performance.now()
    const settings = readSettings()
    try {
      const outcomes = await understood(input)
      for (const outcome of outcomes)
        log(Object.assign(outcome, { milliseconds: Math.round(performance.now() - started) }))
      return outcomes
    } catch (error) {
      await reportFailure(playbook.name, input, error, settings)
      throw error
    }

    async function understood(input: unknown): Promise<Outcome[]> {
      try {
        return await obey(parseCommand(input))
      } catch (error) {
        if (!(error instanceof BadEvent)) throw error
        return [await deadLetter(playbook.name, input, error, settings)]
      }
    }

    async function obey(command: Command): Promise<Outcome[]> {
      if (isEvent(command)) return answer(command.rule, command.event)
      const run: Run = {
        playbook,
        settings,
        target: parseTarget(playbook.target, command.target, playbook.global),
      }
      return [await carryOut(run, command)]
    }

    function carryOut(run: Run, command: Exclude<Command, { rule: string }>): Promise<Outcome> {
      switch (command.do) {
        case 'plan':
          return command.containment ? previewRelease(run, command.containment) : preview(run)
        case 'contain':
          return approve(run, command)
        case 'release':
          return release(run, command)
        case 'extend':
          return extend(run, command)
        case 'expire':
          return expire(run, command)
      }
    }

    async function answer(name: string, event: Event): Promise<Outcome[]> {
      const rule = rules.find((one) => one.name === name)
      if (!rule) throw new BadEvent({ path: 'rule', found: name, problem: 'is no rule of this function' })
      const refusal = guardEvent(event, settings)
      const nowhere = { account: event.account, region: event.region }
      if (refusal)
        return [
          await recordRefusal({ playbook, settings, target: nowhere }, { rule, event, subject: '' }, refusal),
        ]
      const { targets, subject } = targetsOf(playbook, rule, event)
      return all(targets.map((target) => contain({ playbook, target, settings }, { rule, event, subject })))
    }
  }

// One target's failure does not hold up the others; the event comes again if any may still succeed.
async function all(outcomes: Promise<Outcome>[]): Promise<Outcome[]> {
  const settled = await Promise.allSettled(outcomes)
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new Incomplete(errors)
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
