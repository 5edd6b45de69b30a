import type { RootCommand } from '@bomb.sh/tab'
import adapt from '@bomb.sh/tab/commander'
import { listIncidents } from '../../engine/journal/incidents.ts'
import { viewOf } from '../../responders/messages/view/view-of.ts'
import { since } from '../print/clock.ts'
import type { CommandRow, CompletionSource } from '../shell/command.ts'
import { exits } from '../shell/exits.ts'
import { playbookNames } from '../shell/playbook-names.ts'
import { adopt, settingsOf } from '../shell/settings.ts'
import { codePages } from './code-pages.ts'
import { programOf } from './program.ts'
import { commands } from './table.ts'

type Choice = [value: string, says: string]

/** Completion gives up after this time: the shell is blocked while it waits. */
const patienceMs = 1500

const sources: Record<CompletionSource, (typed: string[]) => Choice[] | Promise<Choice[]>> = {
  incidents: incidentIds,
  playbooks: () => playbookNames().map((name) => [name, '']),
  codes: () => codePages.map(({ code, means }) => [code, means]),
}

/** Called by the shell at every Tab: `complete -- <words so far>`. Prints one choice per line; errors are not shown. */
export async function complete(args: string[]): Promise<number> {
  const typed = args.slice(args.indexOf('--') + 1)
  const root = adapt(programOf(async () => {}))
  for (const command of root.commands.values())
    for (const option of root.options.values()) command.options.set(option.value, option)
  const row = commands.find(({ name }) => name.split(' ').every((word, at) => typed[at] === word))
  if (row) await offer(row, root, typed)
  root.parse(typed)
  return exits.ok
}

async function offer(
  { name, arguments: values = [] }: CommandRow,
  root: RootCommand,
  typed: string[],
): Promise<void> {
  for (const { flags, from } of values) {
    if (!from) continue
    const argument = root.commands.get(name)?.arguments.get(flags.slice(1, -1))
    const choices = await Promise.race([sources[from](typed), nothingIn(patienceMs)]).catch(() => [])
    if (argument)
      argument.handler = (add) => {
        for (const choice of choices) add(...choice)
      }
  }
}

async function incidentIds(typed: string[]): Promise<Choice[]> {
  const given = (flag: string) => typed[typed.indexOf(flag) + 1 || typed.length]
  const [region, profile] = [given('--region'), given('--profile')]
  adopt({ ...(region && { region }), ...(profile && { profile }) }, process.env)
  const { table } = settingsOf(given('--stage') ?? process.env.PORTCULLIS_STAGE ?? 'dev')
  const now = new Date()
  // A shell script evaluates these lines: they hold no text from events, such as names or reasons.
  return (await listIncidents(table))
    .filter(({ id }) => /^inc-[0-9a-f]{8}$/.test(id))
    .map((incident) => {
      const { state, severity } = viewOf(incident, now)
      return [incident.id, `${state}, ${severity}, opened ${since(incident.opened, now)}`]
    })
}

const nothingIn = (milliseconds: number): Promise<Choice[]> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, []).unref())
