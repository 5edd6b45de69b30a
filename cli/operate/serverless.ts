import { type ChildProcess, spawn } from 'node:child_process'
import { root } from '../shell/project.ts'

const program = `${root}node_modules/serverless/bin/serverless.js`

export interface Ran {
  code: number
  /** Its output, both streams in order of arrival. */
  said: string
}

/**
 * Runs osls, the `serverless` command of this project, in the folder of the project with this Node.js. It is killed when
 * this process exits. Returns any exit code; throws only when it cannot be started.
 */
export function serverless(args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(text))
  const detach = endWithThisProcess(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      detach()
      resolve({ code: code ?? 1, said: Buffer.concat(said).toString().trim() })
    })
  })
}

function endWithThisProcess(child: ChildProcess): () => void {
  const end = () => void child.kill()
  process.on('exit', end)
  return () => void process.off('exit', end)
}
