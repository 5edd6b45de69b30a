import { answers, type Emulator, problem, startEmulator } from './emulator.ts'
import { type EmulatorName, startRouter, type Upstreams } from './router.ts'

/** The AWS on this machine, with the addresses of its emulators. */
export type Emulators<Name extends EmulatorName = EmulatorName> = Record<Name, string> & {
  /** Both behind one address: what `AWS_ENDPOINT_URL` should be. */
  url: string
  /** Resolves, with what happened, when an emulator dies without having been stopped. Never rejects. */
  died: Promise<Error>
  /** Ends what was started here and leaves nothing: no process, no socket, no temporary directory. */
  stop(): Promise<void>
}

export interface EmulatorOptions<Name extends EmulatorName> {
  /** Start this one only; the router answers 501 for the services of the other. */
  only?: Name
  /** More environment for what is started; MiniStack gives it to every Lambda function in it. */
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
    // Its other listeners are on every interface.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // It removes the containers that it thinks are its own.
    DOCKER_HOST: 'unix:///nonexistent',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  },
}

/**
 * Starts moto and MiniStack (account 123456789012, us-east-1) on free loopback ports behind one router. With
 * PORTCULLIS_MOTO_URL or PORTCULLIS_MINISTACK_URL the one that runs there is used, and never stopped. They end with
 * this process however it ends. Throws one error when one cannot be started or reached; then nothing is left running.
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

/** The emulator that somebody else runs and PORTCULLIS_<NAME>_URL names. */
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
