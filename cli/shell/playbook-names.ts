import { listedIn } from './project.ts'

/** The playbooks by their names, without loading them and a client for every service. */
export const playbookNames = (): string[] => [...listedIn('playbooks').keys()].sort()
