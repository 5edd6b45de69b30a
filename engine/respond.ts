import { type Command, isEvent, parseCommand } from './command.ts'
import { contain, recordRefusal } from './contain.ts'
import { deadLetter, reportFailure } from './dead-letter.ts'
import { BadEvent, Incomplete } from './errors.ts'
import { guardEvent } from './guard.ts'
import { logOutcome, type Outcome } from './outcome.ts'
import type { AnyPlaybook } from './playbook.ts'
import { preview, previewRelease } from './preview.ts'
import { approve, expire } from './proposal.ts'
import { extend, release } from './release.ts'
import type { Event, Rule } from './rule.ts'
import type { Run } from './run.ts'
import { readSettings } from './settings.ts'
import { parseTarget } from './target.ts'
import { targetsOf } from './targets.ts'

/**
 * The Lambda handler of a playbook: rules, people and schedules all send it a command. Returns one outcome for each
 * target. Throws only errors that may succeed when delivered again, and only after writing a notice.
 */
export const respond =
  (playbook: AnyPlaybook, rules: readonly Rule[]) =>
  async (input: unknown): Promise<Outcome[]> => {
    const started = performance.now()
    const settings = readSettings()
    try {
      const outcomes = await handle(input)
      for (const outcome of outcomes)
        logOutcome(Object.assign(outcome, { milliseconds: Math.round(performance.now() - started) }))
      return outcomes
    } catch (error) {
      await reportFailure(playbook.name, input, error, settings)
      throw error
    }

    async function handle(input: unknown): Promise<Outcome[]> {
      try {
        const command = parseCommand(input)
        if (isEvent(command)) return await handleEvent(command.rule, command.event)
        const target = parseTarget(playbook.target, command.target, playbook.global)
        return [await handleOrder({ playbook, settings, target }, command)]
      } catch (error) {
        if (!(error instanceof BadEvent)) throw error
        return [await deadLetter(playbook.name, input, error, settings)]
      }
    }

    function handleOrder(run: Run, command: Exclude<Command, { rule: string }>): Promise<Outcome> {
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

    async function handleEvent(name: string, event: Event): Promise<Outcome[]> {
      const rule = rules.find((one) => one.name === name)
      if (!rule) throw new BadEvent({ path: 'rule', found: name, problem: 'is not a rule of this function' })
      const refusal = guardEvent(event, settings)
      if (refusal) {
        const target = { account: event.account, region: event.region }
        return [await recordRefusal({ playbook, settings, target }, { rule, event, subject: '' }, refusal)]
      }
      const { targets, subject } = targetsOf(playbook, rule, event)
      return all(targets.map((target) => contain({ playbook, target, settings }, { rule, event, subject })))
    }
  }

// A target that fails does not stop the others; the error makes Lambda deliver the event again.
async function all(outcomes: Promise<Outcome>[]): Promise<Outcome[]> {
  const settled = await Promise.allSettled(outcomes)
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new Incomplete(errors)
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
