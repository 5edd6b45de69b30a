import { Problem } from './errors.ts'

/** The question was left with Ctrl-C. */
export class Interrupted extends Error {
  override name = 'Interrupted'
}

/** Whether somebody sits there: what asks moves the cursor, which a dumb terminal cannot. */
const isInteractive = ({ stdin, stderr, env }: NodeJS.Process): boolean =>
  Boolean(stdin.isTTY && stderr.isTTY && env.TERM !== 'dumb')

/**
 * Asks on stderr, `no` being the answer of whoever just presses Enter. Throws `cannot-ask` without a terminal, naming
 * what to give `instead`; `Interrupted` at Ctrl-C.
 */
export async function confirm(question: string, instead: string): Promise<boolean> {
  const { confirm, isCancel } = await prompts(instead)
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr })
  if (isCancel(answer)) throw new Interrupted()
  return answer
}

/** Asks for a line that may not be empty; throws as `confirm` does. */
export async function ask(question: string, instead: string): Promise<string> {
  const { text, isCancel } = await prompts(instead)
  const validate = (given: string | undefined) =>
    given?.trim() ? undefined : 'People will read it: say why.'
  const answer = await text({ message: question, output: process.stderr, validate })
  if (isCancel(answer)) throw new Interrupted()
  return answer.trim()
}

async function prompts(instead: string): Promise<typeof import('@clack/prompts')> {
  if (isInteractive(process)) return import('@clack/prompts')
  throw new Problem('cannot-ask', 'this asks first, and there is no terminal to ask on', {
    where: 'stdin',
    why: 'a script must say itself what it consents to',
    fix: instead,
  })
}
