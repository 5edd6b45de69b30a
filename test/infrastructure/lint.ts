import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const folder = join(import.meta.dirname, '..', '..', '.emulators')
const run = promisify(execFile)

/** What AWS's own linter has against a template: nothing, if all is well. Throws when it is not installed. */
export async function lint(template: string): Promise<{ id: string; message: string }[]> {
  const venv = join(folder, 'bin', 'python')
  // Where Python came without venv, its packages lie in a plain folder (local/setup/install.mjs).
  const python = existsSync(venv) ? venv : 'python3'
  const env = { ...process.env, ...(!existsSync(venv) && { PYTHONPATH: join(folder, 'lib') }) }
  const start = 'from cfnlint.runner import main; main()'
  const asked = run(python, ['-c', start, '--format', 'json', '--template', template], {
    env,
    maxBuffer: 1e8,
  })
  // It ends with an error when it found something; what it found is in its answer all the same.
  const { stdout } = await asked.catch((error) => (error.stdout ? error : Promise.reject(error)))
  const found: { Rule: { Id: string }; Message: string }[] = JSON.parse(stdout)
  return found.map(({ Rule, Message }) => ({ id: Rule.Id, message: Message.slice(0, 200) }))
}
