import { lowerMode, type Mode, modes, type Rule } from '../../../engine/rule.ts'

/** The highest mode of each playbook in a stage: that of its rules, limited by the ceiling. Pure. */
export function modesOf(names: string[], rules: readonly Rule[], ceiling: Mode): Map<string, Mode> {
  const most = (name: string): Mode => {
    const all = rules.filter(({ then }) => then[name]).map(({ mode }) => modes.indexOf(mode))
    return lowerMode(ceiling, modes[Math.max(0, ...all)] ?? 'observe')
  }
  return new Map(names.map((name) => [name, most(name)]))
}

/** `17 playbooks: 17 observe, 0 approve, 0 contain`. */
export function modeWords(found: Map<string, Mode>): string {
  const count = (mode: Mode) => [...found.values()].filter((one) => one === mode).length
  return `${found.size} playbooks: ${modes.map((mode) => `${count(mode)} ${mode}`).join(', ')}`
}
