import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { Guarded } from '../../engine/errors.ts'
import type { Grants } from '../../engine/playbook.ts'
import { canonical, digest } from '../../lib/canonical.ts'
import { generateMac, verifyMac } from '../../lib/mac.ts'
import { parseJson } from '../../lib/parse-json.ts'
import type { Parts } from './strength.ts'

/** The minimum of a defence and where it applies. `id` is a guardrail; the other kinds exist once in each Region. */
export interface Baseline {
  kind: 'guardrail' | 'invocation-logging' | 'enforced-guardrail'
  account: string
  region: string
  id?: string
  document: Parts
}

/** Permissions to read a baseline in the account of the stack: its items of the journal, and the key with this alias. */
export const baselineReads = {
  'dynamodb:GetItem': {
    on: ['arn:aws:dynamodb:*:*:table/portcullis-*'],
    when: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'baseline#*' },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  },
  'kms:VerifyMac': {
    on: ['arn:aws:kms:*:*:key/*'],
    when: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/portcullis-*-baseline' } },
  },
} satisfies Grants

const setting = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
const parts = z.record(z.string(), z.record(z.string(), setting))
const item = z.object({ document: z.object({ S: z.string() }), mac: z.object({ S: z.base64() }) })

/**
 * The signed baseline, as canonical JSON of its parts. Throws `Guarded` if there is none or its signature does not match.
 * The signature does not prevent a replay of an older baseline: the stack limits who may write the journal.
 */
export async function baselineOf(of: Omit<Baseline, 'document'>): Promise<string> {
  const { TableName, KeyId } = home()
  const what = `${of.kind}${of.id ? ` ${of.id}` : ''} in ${of.account}, ${of.region}`
  // The engine's clients belong to the account of the target; baselines are in the account of the stack.
  const dynamodb = new DynamoDBClient({})
  try {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName, Key: keyOf(of), ConsistentRead: true }),
    )
    if (!Item)
      throw guarded(`A baseline of ${what} does not exist: sign one, or restore the configuration manually.`)
    const altered = () =>
      guarded(`The baseline of ${what} does not match its signature: find out who changed it.`)
    const found = item.safeParse(Item)
    const document = found.success ? parts.safeParse(parseJson(found.data.document.S)) : undefined
    if (!found.success || !document?.success) throw altered()
    const Mac = Buffer.from(found.data.mac.S, 'base64')
    const Message = messageOf({ ...of, document: document.data })
    if (!(await verifyMac(KeyId, Message, Mac))) throw altered()
    return canonical(document.data)
  } finally {
    dynamodb.destroy()
  }
}

/** Signs a baseline and stores it in place of the earlier one. `by` is the person responsible for it. */
export async function writeBaseline({ by, ...baseline }: Baseline & { by: string }): Promise<void> {
  const { TableName, KeyId } = home()
  const dynamodb = new DynamoDBClient({})
  try {
    const document = parts.parse(baseline.document)
    const Message = messageOf({ ...baseline, document })
    const mac = await generateMac(KeyId, Message)
    const Item = {
      ...keyOf(baseline),
      document: { S: canonical(document) },
      at: { S: new Date().toISOString() },
      by: { S: by },
      mac: { S: mac.toString('base64') },
    }
    await dynamodb.send(new PutItemCommand({ TableName, Item }))
  } finally {
    dynamodb.destroy()
  }
}

const keyOf = ({ kind, account, region, id }: Omit<Baseline, 'document'>) => ({
  pk: { S: ['baseline', kind, account, region, ...(id ? [id] : [])].join('#') },
  sk: { S: 'current' },
})

/** The digest of a baseline: KMS signs at most 4,096 bytes (API reference, GenerateMac), and a guardrail is longer. */
const messageOf = ({
  kind,
  account,
  region,
  id = null,
  document,
}: Omit<Baseline, 'id'> & { id?: string | null }) =>
  Buffer.from(digest(canonical({ kind, account, region, id, document })))

function home() {
  const { PORTCULLIS_TABLE: TableName, PORTCULLIS_BASELINE_KEY: KeyId } = process.env
  if (!TableName || !KeyId)
    throw guarded(
      'Baselines cannot be verified: PORTCULLIS_TABLE or PORTCULLIS_BASELINE_KEY is not set. Deploy the stack with both.',
    )
  return { TableName, KeyId }
}

const guarded = (why: string) => new Guarded('baseline', why)
