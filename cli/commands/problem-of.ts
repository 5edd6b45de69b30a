import { CommanderError } from 'commander'
import { similar } from '../../lib/text/similar.ts'
import { commands, families } from './table.ts'
import { awsProblem } from '../shell/aws-problem.ts'
import { Problem } from '../shell/errors.ts'

/** The problem in whatever was thrown, with what was typed for which stage. */
export function problemOf(error: unknown, args: string[], stage: string): Problem {
  if (error instanceof Problem) return error
  if (error instanceof CommanderError) return usage(error, args)
  return awsProblem(error, stage) ?? unexpected(error)
}

/** Commander says what is wrong and what was meant; a second word it takes for a value, and that may be meant, too. */
function usage({ code, message }: CommanderError, args: string[]): Problem {
  const [what = '', ...hints] = message.replace(/^error: /, '').split('\n')
  const [first = '', second = ''] = args.filter((arg) => !arg.startsWith('-'))
  const known = commands.map(({ name }) => name)
  const meant = families[first]
    ? similar(
        `${first} ${second}`,
        known.filter((name) => name.startsWith(`${first} `)),
      )
    : undefined
  const [, value, choices] = /value '(.*)' is invalid.*Allowed choices are (.*)\.$/.exec(what) ?? []
  const choice = value && choices && similar(value, choices.split(', '))
  const hint = choice ? `Did you mean ${choice}?` : hints.join(' ').replace(/[()]/g, '').trim()
  const command =
    known.find((name) => name === first || name === `${first} ${second}`) ?? (families[first] ? first : '')
  const help = `portcullis ${command ? `${command} ` : ''}--help`
  const guess = code === 'commander.excessArguments' && meant ? `Did you mean "${meant}"?` : hint
  return new Problem('usage', what, { fix: guess ? `${guess}   ${help}` : help })
}

function unexpected(error: unknown): Problem {
  const [message, why] = error instanceof Error ? [error.message, error.name] : [String(error), undefined]
  const about = { fix: 'NODE_DEBUG=portcullis portcullis … shows where it comes from', cause: error }
  return new Problem('unexpected', message, why ? { why, ...about } : about)
}
