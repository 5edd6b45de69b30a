import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')
const entry = join(root, 'cli/portcullis.ts')

/** The result of a command. */
export interface Ran {
  code: number
  out: string
  err: string
}

/** An environment without the settings of the machine that runs the tests. */
export const plain = {
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
}

/** Runs the command line as a process, with standard input closed and output piped. */
export function portcullis(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return run(process.execPath, [entry, ...args], env)
}

/** Runs the command line in a shell: `$P incidents | head -1`. */
export function shell(script: string, env: Record<string, string> = {}): Promise<Ran> {
  return run('bash', ['-o', 'pipefail', '-c', script], { ...env, P: `${process.execPath} ${entry}` })
}

/** Runs the command line on a real terminal; `types` is typed when the prompt appears. */
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

// A pseudo-terminal: Python's standard library has one, Node.js has not.
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

/** Runs the command line and presses Ctrl-C when its stderr matches `sign`. */
export const interrupted = (args: string[], sign: RegExp, env: Record<string, string>): Promise<Ran> =>
  run(process.execPath, [entry, ...args], env, sign)

async function run(
  command: string,
  args: string[],
  env: Record<string, string>,
  stopAt?: RegExp,
): Promise<Ran> {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...plain, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (data) => out.push(data))
  child.stderr.on('data', (data) => {
    err.push(data)
    if (stopAt?.test(Buffer.concat(err).toString())) child.kill('SIGINT')
  })
  const [code] = await once(child, 'close')
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }
}
