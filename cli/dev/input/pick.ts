import type { Trigger } from './triggers.ts'

/** Asks the user to choose an event by typing a part of its name; undefined at Ctrl-C or Escape. */
export async function pick(triggers: Trigger[]): Promise<string | undefined> {
  const { autocomplete, isCancel } = await import('@clack/prompts')
  const chosen = await autocomplete({
    message: 'Send which event?',
    options: triggers.map(({ name, says }) => ({ value: name, label: name, hint: says })),
    maxItems: 10,
    output: process.stderr,
  })
  return isCancel(chosen) ? undefined : chosen
}
