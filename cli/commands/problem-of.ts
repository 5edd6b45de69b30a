import { CommanderError } from 'commander'
import { similar } from '../../lib/text/similar.ts'
import { awsProblem } from '../shell/aws-problem.ts'
import { Problem } from '../shell/errors.ts'
import { commands, families } from './table.ts'

/** Turns any error into a problem with a code, from what was typed and for which stage. */
export function problemOf(error: unknown, args: string[], stage: string): Problem {
  if (error instanceof Problem) return error
  if (error instanceof CommanderError) return usage(error, args)
  return awsProblem(error, stage) ?? unexpected(error)
}

/**
 * Commander says what is wrong and suggests a correction. It takes a mistyped second word for a value: the
 * suggestion for that is made here.
 */
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
  const about = { fix: 'run it again with NODE_DEBUG=portcullis to see the stack trace', cause: error }
  return new Problem('unexpected', message, why ? { why, ...about } : about)
}
