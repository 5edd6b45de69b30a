import type { AnyPlaybook } from '../../engine/playbook.ts'
import { compile } from '../../matching/compile.ts'
import { expectedText } from '../../matching/explanation-text.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules as all } from '../../rules/index.ts'
import type { Detection } from '../../rules/rule.ts'
import { anchorOf, code, list, page, table } from './markdown.ts'
import { limitsOf } from './thresholds.ts'

/** Every rule: when, about whom, what then, how far and for how long. */
export const rulesPage = (): string =>
  page(
    'Rules',
    'rules/*.ts',
    `A rule acts no further than its mode and the ceiling of its stage. THREAT ids are those of [threats](../threats.md); T, AML.T, LLM and ASI are ids of
[MITRE ATT&CK](https://attack.mitre.org), [MITRE ATLAS](https://atlas.mitre.org), and the OWASP Top 10s
[for LLM applications](https://genai.owasp.org/llm-top-10/) and for agentic applications.`,
    table(['rule', 'severity', 'mode', 'calls'], all.map(rowOf)),
    ...all.map(sectionOf),
  )

const rowOf = ({ name, severity, mode, then }: Detection): string[] => [
  `[${name}](#${anchorOf(name)})`,
  severity,
  mode,
  Object.keys(then).join(', '),
]

function sectionOf(rule: Detection): string {
  const { name, because, severity, mode, release, threats, attack, ask } = rule
  const asks = ask ? `, asks ${JSON.stringify(ask)}` : ''
  return [
    `## ${name}`,
    because,
    whenOf(rule),
    list([
      ...rule.thresholds.map((one) => `**Threshold** ${code(one.name)}: ${limitsOf(one)}`),
      `**Then** ${Object.keys(rule.then).map(callOf).join('; ')}`,
      `**Severity** ${severity}, **mode** ${mode}, **released** after ${release}${asks}`,
      `**Threats** ${threats.map((id) => `[${id}](../threats.md)`).join(', ')}; **techniques** ${attack.join(', ')}`,
    ]),
  ].join('\n\n')
}

const callOf = (name: string): string => {
  const found = (playbooks as readonly AnyPlaybook[]).find((one) => one.name === name)
  return `[${name}](playbooks.md#${anchorOf(name)}) (${found?.target.join(', ')})`
}

/** The pattern as a person reads it: a line for each field; of `$or`, what is the same in all branches stands first. */
function whenOf({ when }: Detection): string {
  const branches = compile(when).branches.map(({ fields }) =>
    fields.map((field) => `${code(field.path)} is ${expectedText(field)}`),
  )
  const [first = []] = branches
  const common = first.filter((line) => branches.every((lines) => lines.includes(line)))
  if (branches.length === 1) return list(common)
  const either = branches.map((lines) => lines.filter((line) => !common.includes(line)).join(' and '))
  return list([...common, `either ${either.join('; or ')}`])
}
