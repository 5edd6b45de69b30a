import { dirname, join } from 'node:path'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { actionsOf } from '../../engine/policy.ts'
import { listedIn, readProjectFile } from '../shell/project.ts'
import { type TextPlace, textPlaceOf } from './place.ts'

/** An AWS call in the source of a playbook, named by its IAM action. */
export interface Called extends TextPlace {
  action: string
  path: string
}

/** IAM service prefixes that differ from the name of the SDK client. Source: Service Authorization Reference. */
const prefixes: Record<string, string> = {
  'auto-scaling': 'autoscaling',
  'cloudwatch-logs': 'logs',
  'cognito-identity-provider': 'cognito-idp',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
}

/** Services whose IAM actions are not named like their operations: API Gateway uses HTTP methods, S3 has some of its own. */
const unlike = ['api-gateway', 's3']

/**
 * The calls that a playbook makes without declaring them, in its own file and in the folder of its name. Calls in files
 * that playbooks share are checked only by the laws.
 */
export function undeclared(playbook: AnyPlaybook): Called[] {
  const declared = actionsOf(playbook)
  return callsIn(listedIn('playbooks').get(playbook.name) ?? '').filter(
    ({ action }) => !declared.some((one) => matchesAction(one, action)),
  )
}

function callsIn(path: string, seen = new Set<string>()): Called[] {
  const source = readProjectFile(path)
  if (source === undefined || seen.has(path)) return []
  seen.add(path)
  const own = [...source.matchAll(/import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
    ([, names = '', client = '']) => (unlike.includes(client) ? [] : actionsIn(names, client, source, path)),
  )
  const parts = [...source.matchAll(/from '(\.\/[\w-]+\/[\w-]+\.ts)'/g)].map(([, file = '']) =>
    join(dirname(path), file),
  )
  return [...own, ...parts.flatMap((file) => callsIn(file, seen))]
}

function actionsIn(names: string, client: string, source: string, path: string): Called[] {
  return names.split(',').flatMap((text) => {
    const name = text.trim()
    const operation = /^paginate(\w+)$/.exec(name)?.[1] ?? /^(\w+)Command$/.exec(name)?.[1]
    if (operation === undefined || name.startsWith('type ')) return []
    const used = new RegExp(`(new ${name}\\(|${name}\\()`)
    return [{ action: `${prefixes[client] ?? client}:${operation}`, path, ...textPlaceOf(source, used) }]
  })
}

const matchesAction = (granted: string, action: string): boolean =>
  granted.endsWith('*') ? action.startsWith(granted.slice(0, -1)) : granted === action
