import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import { conditionalWrite } from '../../../lib/dynamodb/conditional-write.ts'
import { table } from '../../../lib/dynamodb/table.ts'

/** The codes of one person for one incident; `table` is the name of the journal's table. */
export interface CodeMailbox {
  incident: string
  person: string
  table: string
}

/** The outcome of the last order about a code, for the page that waits for it. It is kept beside the code's hash. */
export interface CodeRow {
  order: string
  says: string
}

/** Stores the outcome of an order about a code. */
export const saveCodeReply = (mailbox: CodeMailbox, order: string, says: string): Promise<boolean> =>
  updateMailbox(mailbox, {
    UpdateExpression: 'SET #order = :order, says = :says',
    ExpressionAttributeNames: { '#order': 'order' },
    ExpressionAttributeValues: { ':order': order, ':says': says },
  })

/** The outcome of the last order about a code; never the code itself. */
export async function readCodeReply(mailbox: CodeMailbox): Promise<CodeRow | undefined> {
  const get = new GetCommand({
    TableName: mailbox.table,
    Key: mailboxKey(mailbox),
    ConsistentRead: true,
    ProjectionExpression: '#order, says',
    ExpressionAttributeNames: { '#order': 'order' },
  })
  return (await table().send(get)).Item as CodeRow | undefined
}

export const mailboxKey = ({ incident, person }: CodeMailbox) => ({
  pk: `incident#${incident}`,
  sk: `code#${person}`,
})

/** Writes to a mailbox's item if the condition holds, and resolves to whether it did. */
export const updateMailbox = (
  mailbox: CodeMailbox,
  input: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
): Promise<boolean> =>
  conditionalWrite(
    table().send(new UpdateCommand({ TableName: mailbox.table, Key: mailboxKey(mailbox), ...input })),
  )
