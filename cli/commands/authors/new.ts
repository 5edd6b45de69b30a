import type { FileDraft } from '../../authoring/draft.ts'
import { isName } from '../../authoring/names.ts'
import { newPlaybook } from '../../authoring/new-playbook.ts'
import { newRule } from '../../authoring/new-rule.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  kind: 'rule' | 'playbook'
  name: string
  playbook?: string
  event?: string
  target?: string
  force?: boolean
}

/** `portcullis new`: creates a rule or a playbook with its tests, which pass before the first edit. */
export async function run(typed: Typed, io: Io): Promise<number> {
  if (!isName(typed.name))
    throw new Problem('usage', `"${typed.name}" is not a valid name for a ${typed.kind}`, {
      why: 'files and Lambda functions get this name: lower-case letters, digits and single hyphens, at most 40 characters',
      fix: `portcullis new ${typed.kind} api-flood`,
    })
  const drafts = await io.step(`writing ${typed.kind} ${typed.name}`, written(typed))
  const next = `portcullis test ${typed.name}`
  if (io.json) io.document({ written: drafts.map(({ path, does }) => ({ path, does })), next })
  else io.print(...drafts.map((draft) => lineOf(draft, io)), '', `Next: ${next}`, ...then(typed))
  return exits.ok
}

function written({ kind, name, playbook, event, target, force = false }: Typed): Promise<FileDraft[]> {
  return kind === 'rule'
    ? newRule({ name, playbook: playbook ?? 'notify', event: event ?? 'GuardDuty Finding', force })
    : newPlaybook({ name, target: target ?? 'instanceId', force })
}

const lineOf = ({ path, does }: FileDraft, { paint }: Io): string =>
  does === 'make' ? `${paint('good', '+')} ${path}` : `${paint('ask', '~')} ${path}   one entry added`

const then = ({ kind, name }: Typed): string[] =>
  kind === 'rule'
    ? [`      edit rules/${name}.ts and the events in test/events/${name}/`]
    : [
        `      edit playbooks/${name}.ts and test/scenes/${name}.ts`,
        `      portcullis test ${name} --laws   tests it on emulators`,
      ]
