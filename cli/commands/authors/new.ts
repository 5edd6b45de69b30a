import { isName } from '../../authoring/names.ts'
import type { FileDraft } from '../../authoring/new/draft.ts'
import { newPlaybook } from '../../authoring/new/playbook.ts'
import { regenerate } from '../../authoring/new/regenerate.ts'
import { newRule } from '../../authoring/new/rule.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  kind: 'rule' | 'playbook'
  name: string
  playbook?: string
  event?: string
  target?: string
  room?: string
  force?: boolean
}

/** `portcullis new`: creates a rule or a playbook with its tests, which pass before the first edit. */
export async function run(typed: Typed, io: Io): Promise<number> {
  checkNames(typed)
  const drafts = await io.step(`writing ${typed.kind} ${typed.name}`, written(typed))
  const next = `portcullis test ${typed.name}`
  if (io.json) io.document({ written: drafts.map(({ path, does }) => ({ path, does })), next })
  else io.print(...drafts.map((draft) => lineOf(draft, io)), '', `Next: ${next}`, ...then(typed, drafts))
  return exits.ok
}

function checkNames({ kind, name, room }: Typed): void {
  const why = 'lower-case letters and digits, hyphens between words, at most 40 characters'
  if (!isName(name))
    throw new Problem('usage', `"${name}" is not a valid name for a ${kind}`, {
      why: `files, Lambda functions and messages use it: ${why}`,
      fix: `portcullis new ${kind} api-flood`,
    })
  if (room !== undefined && !isName(room))
    throw new Problem('usage', `"${room}" is not a valid name for a folder`, {
      where: '--room',
      why,
      fix: '--room identity',
    })
}

async function written({ kind, ...typed }: Typed): Promise<FileDraft[]> {
  const { name, room, force = false } = typed
  const { playbook = 'notify', event = 'GuardDuty Finding', target = 'instanceId' } = typed
  const drafts =
    kind === 'rule'
      ? await newRule({ name, playbook, event, room, force })
      : await newPlaybook({ name, target, room, force })
  regenerate()
  return drafts
}

const lineOf = ({ path, does }: FileDraft, { paint }: Io): string =>
  does === 'make' ? `${paint('good', '+')} ${path}` : `${paint('ask', '~')} ${path}   one entry added`

function then({ kind, name }: Typed, drafts: FileDraft[]): string[] {
  const [own] = drafts
  if (kind === 'rule') return [`      edit ${own?.path} and the events in test/events/${name}/`]
  const scene = drafts.find(({ path }) => path.startsWith('test/scenes/'))
  return [
    `      edit ${own?.path} and ${scene?.path}`,
    `      portcullis test ${name} --laws   runs it on local emulators`,
  ]
}
