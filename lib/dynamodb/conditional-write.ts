import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'

/** Whether the condition of a write held. Throws any other error. */
export const conditionalWrite = (write: Promise<unknown>): Promise<boolean> =>
  write.then(
    () => true,
    (error) => {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    },
  )
