import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { strToU8, zipSync } from 'fflate'
import { type Containment, type Decision, type Incident, indexShardOf } from '../../engine/journal/record.ts'
import { keys } from '../../infrastructure/stack/data/journal.ts'
import { startEmulators } from '../../local/emulators.ts'

/** The journal and the decision worker of a stage, on an emulator. */
export interface Stage {
  /** The environment that points the command line at it. */
  env: Record<string, string>
  put(...incidents: Incident[]): Promise<void>
  item(item: Record<string, unknown>): Promise<void>
  stop(): Promise<void>
}

const name = 'portcullis-dev'

/**
 * Stands in for functions/decision-worker.ts, which has its own tests: it answers as the reason of the order says, so
 * that the exit code of every answer can be tested.
 */
const decisionWorker = `exports.handler = async (order) => {
  const [, outcome = 'done', status] = /answer:(\\w+)(?:\\/(\\w+))?/.exec(order.reason ?? '') ?? []
  if (outcome === 'throws') throw new Error('the journal is not there')
  if (outcome === 'slow') await new Promise((resolve) => setTimeout(resolve, 6000))
  const { verb, claim, stage } = order
  const proven = claim.how === 'iam' && Boolean(claim.proof.headers.authorization)
  const decision = { id: order.id, at: order.at, verb, containment: order.containment ?? '', by: { who: 'maria', how: 'iam' }, outcome, says: verb + ' ' + outcome + ' for ' + stage + (proven ? ', proven' : '') }
  const reverse = { hash: '81aa03e'.padEnd(64, '0'), changes: [{ path: '/inference', before: 'denied', after: 'allowed' }], caveats: [], undo: true }
  if (verb === 'preview-undo') {
    const strays = order.incident === 'inc-d0000001' ? [{ path: '/groups', before: ['sg-1'], after: ['sg-2'] }] : []
    return { decision, outcome: { status: 'planned', plan: reverse, strays }, plan: reverse }
  }
  return { decision, ...(status && { outcome: { status, why: 'AccessDenied by an SCP' } }) }
}`

export async function openStage(): Promise<Stage> {
  const emulators = await startEmulators({ only: 'ministack' })
  const env = { AWS_ENDPOINT_URL: emulators.url }
  Object.assign(process.env, env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  })
  const dynamo = new DynamoDBClient({})
  const TableName = `${name}-journal`
  await dynamo.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...keys }))
  await new LambdaClient({}).send(
    new CreateFunctionCommand({
      FunctionName: `${name}-decision-worker`,
      Runtime: 'nodejs24.x',
      Role: 'arn:aws:iam::123456789012:role/decision-worker',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.js': strToU8(decisionWorker) }) },
    }),
  )
  const table = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } })
  const item = async (Item: Record<string, unknown>) => {
    await table.send(new PutCommand({ TableName, Item }))
  }
  return {
    env,
    item,
    async put(...incidents) {
      for (const { id, containments, events, decisions, messages } of incidents) {
        if (events.length > 0) await item({ pk: `events#${id}`, sk: 'notify', seen: new Set(events) })
        for (const one of containments)
          await item({ ...keyOf(one), ...one, incident: id, shelf: indexShardOf(id) })
        for (const one of decisions) await item({ ...rowOf(id, one), ...one })
        for (const one of messages) await item({ pk: `incident#${id}`, sk: `message#${one.channel}`, ...one })
      }
    },
    stop: () => emulators.stop(),
  }
}

const keyOf = ({ playbook, id }: Containment) => ({ pk: `containment#${playbook}#${id}`, sk: 'current' })
const rowOf = (incident: string, { at, id }: Decision) => ({
  pk: `incident#${incident}`,
  sk: `decision#${at}#${id}`,
})
