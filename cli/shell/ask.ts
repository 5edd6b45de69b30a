import { Problem } from './errors.ts'

/** Thrown when the user answers a question with Ctrl-C. */
export class Interrupted extends Error {
  override name = 'Interrupted'
}

/** Whether a person can be asked. Prompts move the cursor, which a dumb terminal cannot do. */
const isInteractive = ({ stdin, stderr, env }: NodeJS.Process): boolean =>
  Boolean(stdin.isTTY && stderr.isTTY && env.TERM !== 'dumb')

/**
 * Asks a yes-or-no question on stderr; Enter means no. Throws `cannot-ask` without a terminal, naming the option to
 * give `instead`, and `Interrupted` at Ctrl-C.
 */
export async function confirm(question: string, instead: string): Promise<boolean> {
  const { confirm, isCancel } = await prompts(instead)
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr })
  if (isCancel(answer)) throw new Interrupted()
  return answer
}

/** Asks for one line of text, which may not be empty. Throws as `confirm` does. */
export async function ask(question: string, instead: string): Promise<string> {
  const { text, isCancel } = await prompts(instead)
  const validate = (given: string | undefined) =>
    given?.trim() ? undefined : 'Enter a text: it is recorded, and shown to the other responders.'
  const answer = await text({ message: question, output: process.stderr, validate })
  if (isCancel(answer)) throw new Interrupted()
  return answer.trim()
}

async function prompts(instead: string): Promise<typeof import('@clack/prompts')> {
  if (isInteractive(process)) return import('@clack/prompts')
  throw new Problem('cannot-ask', 'confirmation is needed, and there is no terminal to ask on', {
    where: 'stdin',
    why: 'a script gives its consent by an option',
    fix: instead,
  })
}
