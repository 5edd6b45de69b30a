import { Listr, type ListrTask, PRESET_TIMER } from 'listr2'
import { type Deployed, deploy, StackName } from './deploy.ts'
import { type Emulators, startEmulators } from './emulators.ts'
import { localAccount, localRegion, mustBeEmpty, pointAt } from './local-account.ts'
import { type Package, packageStack } from './package.ts'
import { type Mailbox, openMail, type Responders, startResponders } from './responders.ts'
import { seed } from './seed/account.ts'
import { seedPolicies } from './seed/people.ts'
import type { Seeded } from './seed/seeded.ts'
import type { TellStory } from './story/moment.ts'

/** Everything that a replay needs. */
export interface Ready {
  emulators: Emulators
  deployed: Deployed
  seeded: Seeded
  responders: Responders
}

interface Context extends Ready {
  packaged: Package
  headers: Mailbox
}

/**
 * Starts the emulators, packages the stack, deploys it and seeds an account, showing each step unless `quiet`.
 * `started` gets the emulators as soon as they need to be stopped.
 */
export async function prepare(
  quiet: boolean,
  started: (emulators: Emulators) => void,
  tell: TellStory,
  signal: AbortSignal,
): Promise<Ready> {
  const first = list([
    step('Local AWS', async (context) => {
      context.headers = await openMail(() => context.emulators)
      context.emulators = await startEmulators({ env: context.headers.env })
      started(context.emulators)
      pointAt(context.emulators.url)
      await mustBeEmpty(context.emulators)
      return 'moto and MiniStack on 127.0.0.1'
    }),
    step('Package', async (context) => {
      context.packaged = await packageStack(signal)
      const { fresh, zips } = context.packaged
      return `${zips.size} functions${fresh ? '' : ', unchanged since the last start'}`
    }),
  ])
  const then = list([
    step('Deploy', async (context) => {
      context.deployed = await deploy(context.packaged, signal)
      await seedPolicies(context.deployed.policies)
      context.responders = await startResponders(context.emulators, context.deployed.apiId, context.headers)
      return `stack ${StackName}, ${context.deployed.resources} resources`
    }),
    step('Account', async (context) => {
      context.seeded = await seed(localAccount, localRegion)
      return '2 machines, 3 roles, 3 users, an API, a guardrail'
    }),
  ])
  return then.run(await first.run())

  function list(tasks: ListrTask<Context>[]) {
    return new Listr<Context, 'default', 'silent'>(tasks, {
      concurrent: true,
      // start.ts handles signals: listr2 would exit at once, before the emulators are stopped.
      registerSignalListeners: false,
      rendererOptions: { timer: PRESET_TIMER },
      // Without a terminal the story reports each step.
      fallbackRenderer: 'silent',
      fallbackRendererCondition: quiet || !process.stdout.isTTY,
    })
  }

  function step(title: string, work: (context: Context) => Promise<string>): ListrTask<Context> {
    return {
      title,
      task: async (context, task) => {
        const start = performance.now()
        const says = `${title.padEnd(10)} ${await work(context).catch(silence)}`
        task.title = says
        tell({ type: 'setup', step: title, says, ms: Math.round(performance.now() - start) })
      },
    }
  }

  /** An error that comes from stopping everything is not reported. */
  function silence(error: unknown): Promise<never> {
    if (signal.aborted) return new Promise(() => {})
    throw error
  }
}
