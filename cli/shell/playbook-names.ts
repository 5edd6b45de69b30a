import { listedIn } from './project.ts'

/** The names of all playbooks, sorted, without loading the playbooks. */
export const playbookNames = (): string[] => [...listedIn('playbooks').keys()].sort()
