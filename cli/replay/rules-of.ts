import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Rule } from '../../engine/rule.ts'
import { root } from '../shell/project.ts'

const run = promisify(execFile)

/** The rules and playbooks of a commit. */
export interface EarlierRules {
  commit: string
  rules: readonly Rule[]
  playbooks: Map<string, AnyPlaybook>
}

/**
 * Loads the rules and playbooks of a commit of this project from a temporary copy in .local/. This runs the code of
 * that commit. Throws errors of git and of that code.
 */
export async function rulesOf(ref: string): Promise<EarlierRules> {
  const { stdout } = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
  const commit = stdout.trim()
  await mkdir(join(root, '.local'), { recursive: true })
  // Inside the project, so that its node_modules is found.
  const copy = await mkdtemp(join(root, '.local/replay-'))
  try {
    const archive = join(copy, 'archive.tar')
    await git('archive', '--format=tar', '-o', archive, commit)
    await run('tar', ['-xf', archive, '-C', copy])
    const load = (room: string) => import(pathToFileURL(join(copy, room, 'index.ts')).href)
    const [{ rules }, { playbooks }] = await Promise.all([load('rules'), load('playbooks')])
    return {
      commit,
      rules: rules as Rule[],
      playbooks: new Map((playbooks as AnyPlaybook[]).map((one) => [one.name, one])),
    }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

const git = (...args: string[]) => run('git', args, { cwd: root })
