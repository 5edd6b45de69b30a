import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { notify } from '../../playbooks/notify.ts'
import type { Scene } from './scene.ts'

/** A subject that nobody was told of. What is said, and to whom, is seen in test/effect/notify.test.ts. */
export const scene: Scene = {
  playbook: notify,
  async build() {
    const client = new DynamoDBClient({})
    const subject = 'root: UnauthorizedAccess:IAMUser/TorIPCaller'
    return {
      target: { account: '123456789012', region: 'us-east-1', subject },
      async look() {
        const { Items = [] } = await client.send(new ScanCommand({ TableName: process.env.PORTCULLIS_TABLE }))
        // A message once sent is nobody's to take back; what is taken back is that it was.
        return Items.map(({ pk }) => pk?.S).filter((pk) => pk?.startsWith('told#'))
      },
      // No `protect`: a subject is a name, and has no tags. No `meddle`: it was told or not, there is no third.
      // No `destroy`: nor can it be removed.
    }
  },
}
