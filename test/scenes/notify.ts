import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { notify } from '../../playbooks/notify.ts'
import type { Scene } from './scene.ts'

/** A subject without a notification. The message and its recipients are tested in test/effect/notify.test.ts. */
export const scene: Scene = {
  playbook: notify,
  async build() {
    const client = new DynamoDBClient({})
    const subject = 'root: UnauthorizedAccess:IAMUser/TorIPCaller'
    return {
      target: { account: '123456789012', region: 'us-east-1', subject },
      async look() {
        const { Items = [] } = await client.send(new ScanCommand({ TableName: process.env.PORTCULLIS_TABLE }))
        // A sent message cannot be recalled; the release removes the record of it.
        return Items.map(({ pk }) => pk?.S).filter((pk) => pk?.startsWith('told#'))
      },
      // No `protect` and no `destroy`: a subject is a name, which cannot be tagged or deleted. No `meddle`: the
      // notification was either sent or not.
    }
  },
}
