import { answers, type Emulator, problem, startEmulator } from './emulator.ts'
import { type EmulatorName, startRouter, type Upstreams } from './router.ts'

/** The emulators that stand for AWS on this machine, with their addresses. */
export type Emulators<Name extends EmulatorName = EmulatorName> = Record<Name, string> & {
  /** One address for both: the value for `AWS_ENDPOINT_URL`. */
  url: string
  /** Resolves with the reason when an emulator ends without having been stopped. Never rejects. */
  died: Promise<Error>
  /** Stops what was started here and leaves no process, socket or temporary directory. */
  stop(): Promise<void>
}

export interface EmulatorOptions<Name extends EmulatorName> {
  /** Start only this one; the router answers 501 for the services of the other. */
  only?: Name
  /** Additional environment variables; MiniStack passes them to every Lambda function. */
  env?: Record<string, string>
}

const account = '123456789012'
const region = 'us-east-1'

const environment: Record<EmulatorName, Record<string, string>> = {
  moto: { AWS_DEFAULT_REGION: region, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
  ministack: {
    MINISTACK_ACCOUNT_ID: account,
    MINISTACK_REGION: region,
    MINISTACK_HOST: '127.0.0.1',
    LOG_LEVEL: 'WARNING',
    // These listeners would open on every network interface.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // It removes Docker containers that it takes for its own.
    DOCKER_HOST: 'unix:///nonexistent',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  },
}

/**
 * Starts moto and MiniStack (account 123456789012, us-east-1) on free loopback ports behind one router. Where
 * PORTCULLIS_MOTO_URL or PORTCULLIS_MINISTACK_URL is set, uses the emulator at that address and never stops it. The
 * emulators end with this process, whichever way it ends. Throws one error when one cannot be started or reached, and
 * leaves nothing running.
 */
export async function startEmulators<Name extends EmulatorName = EmulatorName>(
  options: EmulatorOptions<Name> = {},
): Promise<Emulators<Name>> {
  const upstreams: Upstreams = {}
  const router = await startRouter(upstreams)
  const running: Emulator[] = []
  const stop = async () => {
    await Promise.all([router.close(), ...running.map((emulator) => emulator.stop())])
  }

  const names: EmulatorName[] = options.only ? [options.only] : ['moto', 'ministack']
  const starts = names.map(async (name) => {
    const more = { ...(name === 'ministack' && { AWS_ENDPOINT_URL: router.url }), ...options.env }
    const emulator = (await elsewhere(name)) ?? (await startEmulator(name, { ...environment[name], ...more }))
    running.push(emulator)
    upstreams[name] = emulator.url
  })
  const failed = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected')
  if (failed) {
    await stop()
    throw (failed as PromiseRejectedResult).reason
  }
  const died = Promise.race(running.map((emulator) => emulator.died))
  return { url: router.url, ...(upstreams as Record<Name, string>), died, stop }
}

/** The external emulator that PORTCULLIS_<NAME>_URL names. */
async function elsewhere(name: EmulatorName): Promise<Emulator | undefined> {
  const variable = `PORTCULLIS_${name.toUpperCase()}_URL`
  const value = process.env[variable]
  if (!value) return undefined
  try {
    const { origin } = new URL(value)
    await answers(name, origin, 5_000)
    return { url: origin, died: new Promise(() => {}), stop: async () => {} }
  } catch (error) {
    const { message, cause } = error as Error
    const why = cause instanceof Error ? cause.message : message
    const fix = `start ${name} there, or unset ${variable} and it is started for you`
    throw problem(`No ${name} answers at the address in ${variable}.`, { where: value, why, fix }, error)
  }
}
