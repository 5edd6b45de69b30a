import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')
const entry = join(root, 'cli/portcullis.ts')

/** What a shell sees of a command. */
export interface Ran {
  code: number
  out: string
  err: string
}

/** Nothing of the machine that runs the tests: no colours, no stage, no credentials but these. */
export const plain = {
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
}

/** The command line as a process of its own, its standard input closed, its output piped. */
export function portcullis(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return run(process.execPath, [entry, ...args], env)
}

/** The command line in a pipe of a shell: `$P incidents | head -1`. */
export function shell(script: string, env: Record<string, string> = {}): Promise<Ran> {
  return run('bash', ['-o', 'pipefail', '-c', script], { ...env, P: `${process.execPath} ${entry}` })
}

/** The same on a real terminal of so many columns; what it types comes once the prompt is there. */
export async function terminal(
  args: string[],
  {
    columns = 80,
    types = '',
    env = {},
  }: { columns?: number; types?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const python = ['-c', pty, String(columns), types, process.execPath, entry, ...args]
  return run('python3', python, { TERM: 'xterm-256color', ...env })
}

// A terminal of its own for a program: Python's standard library makes one, Node.js has none.
const pty = `
import os, pty, sys, select, fcntl, termios, struct, time
columns, types, argv = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
pid, fd = pty.fork()
if pid == 0:
    os.execv(argv[0], argv)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 40, columns, 0, 0))
seen, typed = b'', False
while True:
    try:
        data = os.read(fd, 4096)
    except OSError:
        break
    if not data:
        break
    seen += data
    if types and not typed and b'\\xe2\\x97\\x86' in seen:
        time.sleep(0.2)
        os.write(fd, types.encode().decode('unicode_escape').encode())
        typed = True
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

/** The command line, and Ctrl-C after so many milliseconds. */
export const interrupted = (args: string[], after: number, env: Record<string, string>): Promise<Ran> =>
  run(process.execPath, [entry, ...args], env, after)

async function run(
  command: string,
  args: string[],
  env: Record<string, string>,
  stop?: number,
): Promise<Ran> {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...plain, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (data) => out.push(data))
  child.stderr.on('data', (data) => err.push(data))
  const timer = stop === undefined ? undefined : setTimeout(() => child.kill('SIGINT'), stop)
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }
}
