import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const folder = join(import.meta.dirname, '..', '..', '.emulators')
const run = promisify(execFile)

/** The findings of AWS's linter on these templates, checked in one process. Throws when it is not installed. */
export async function lint(
  ...templates: string[]
): Promise<{ template: string; id: string; message: string }[]> {
  const venv = join(folder, 'bin', 'python')
  // Where Python comes without venv, its packages are in a plain folder (local/setup/install.mjs).
  const python = existsSync(venv) ? venv : 'python3'
  const env = { ...process.env, ...(!existsSync(venv) && { PYTHONPATH: join(folder, 'lib') }) }
  const start = 'from cfnlint.runner import main; main()'
  const asked = run(python, ['-c', start, '--format', 'json', '--', ...templates], {
    env,
    maxBuffer: 1e8,
  })
  // It exits with an error when it has findings; the output holds them.
  const { stdout } = await asked.catch((error) => (error.stdout ? error : Promise.reject(error)))
  const found: { Filename: string; Rule: { Id: string }; Message: string }[] = JSON.parse(stdout)
  return found.map(({ Filename, Rule, Message }) => ({
    template: Filename,
    id: Rule.Id,
    message: Message.slice(0, 200),
  }))
}
