import { setTimeout as sleep } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { Containment, Notice } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import { attacksOn, type PlayedAttack, type RecordedAttack } from '../../local/attacks/index.ts'
import { type Deployed, deploy, StackName } from '../../local/deploy.ts'
import { type Emulators, startEmulators } from '../../local/emulators.ts'
import { packageStack } from '../../local/package.ts'
import { type AlertMail, AlertsReader, deadLetters } from '../../local/replay/mail.ts'
import { openMail, type Responders, startResponders } from '../../local/responders.ts'
import { seed } from '../../local/seed/account.ts'
import { look } from '../../local/seed/look.ts'
import { seedPolicies } from '../../local/seed/people.ts'
import type { Seeded } from '../../local/seed/seeded.ts'
import { openTap, type Tap } from '../tap.ts'

/** The packaged stack, deployed into a local AWS with a seeded account. */
export interface Site {
  seeded: Seeded
  deployed: Deployed
  /** Slack, the inbox and the API on this machine. */
  responders: Responders
  /** The proxy between the cloud and the functions that were `tapped`. */
  tap: Tap
  attack(name: PlayedAttack['name']): PlayedAttack
  /** Sends an event through the bus, as a service would. The bus assigns a new id. */
  put(event: RecordedAttack): Promise<void>
  /** Sends a function what the bus would send it, with an unchanged event id, as a second delivery has. */
  deliver(playbook: string, command: object): Promise<Outcome[] | { failed: string }>
  /** Routes a function's calls through the tap, each tried once, and lifts its containment budget. */
  tapped(playbook: string): Promise<void>
  containments(): Promise<Containment[]>
  notices(): Promise<Notice[]>
  inbox(): Promise<AlertMail[]>
  deadLetters(): Promise<Map<string, string[]>>
  look(): Promise<unknown>
  stop(): Promise<void>
}

export async function openSite(): Promise<Site> {
  const { signal } = new AbortController()
  let emulators: Emulators | undefined
  const headers = await openMail(() => emulators)
  const [started, packaged] = await Promise.all([startEmulators({ env: headers.env }), packageStack(signal)])
  emulators = started
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: started.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  const tap = await openTap(started.url)
  const deployed = await deploy(packaged, signal)
  const responders = await startResponders(started, deployed.apiId, headers)
  const seeded = await seed('123456789012', 'us-east-1')
  await seedPolicies(deployed.policies)
  const attacks = attacksOn(seeded)
  const inbox = new AlertsReader(deployed.topic)
  await inbox.subscribe()

  const bus = new EventBridgeClient({})
  const lambda = new LambdaClient({})
  const table = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const nameOf = (playbook: string) => `${StackName}-${playbook}`

  async function items<T>(kind: string): Promise<T[]> {
    const found: T[] = []
    const pages = paginateScan({ client: table }, { TableName: deployed.journal, ConsistentRead: true })
    for await (const { Items = [] } of pages)
      found.push(...(Items.filter(({ pk, sk }) => sk === 'current' && pk.startsWith(`${kind}#`)) as T[]))
    return found
  }

  return {
    seeded,
    deployed,
    responders,
    tap,
    attack: (name) => attacks.find((one) => one.name === name) as PlayedAttack,
    async put({ source, 'detail-type': DetailType, detail, resources }) {
      const entry = { Source: source, DetailType, Detail: JSON.stringify(detail), Resources: resources }
      const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries: [entry] }))
      if (FailedEntryCount) throw new Error('The bus refused an event.')
    },
    async deliver(playbook, command) {
      const call = new InvokeCommand({ FunctionName: nameOf(playbook), Payload: JSON.stringify(command) })
      const { FunctionError, Payload } = await lambda.send(call)
      const said = Payload?.transformToString() ?? 'null'
      return FunctionError ? { failed: said } : JSON.parse(said)
    },
    async tapped(playbook) {
      const FunctionName = nameOf(playbook)
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
      const often = { AWS_ENDPOINT_URL: tap.url, AWS_MAX_ATTEMPTS: '1', PORTCULLIS_BUDGET: '1000' }
      const Variables = { ...Environment?.Variables, ...often }
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }))
    },
    containments: () => items<Containment>('containment'),
    notices: () => items<Notice>('notice'),
    inbox: () => inbox.read(),
    deadLetters: () => deadLetters(StackName),
    look: () => look(seeded),
    async stop() {
      await tap.close()
      await responders.stop()
      await started.stop()
    },
  }
}

/** Asks until `so` holds. Throws with the last answer when it does not within `seconds`. */
export async function until<T>(ask: () => Promise<T>, so: (answer: T) => boolean, seconds = 120): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ; await sleep(50)) {
    const answer = await ask()
    if (so(answer)) return answer
    if (Date.now() > end)
      throw new Error(`Not within ${seconds} s; the last answer was ${JSON.stringify(answer)}`)
  }
}
