import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'

/** Whether a conditional write was made; what fails otherwise is thrown. */
export const conditionalWrite = (write: Promise<unknown>): Promise<boolean> =>
  write.then(
    () => true,
    (error) => {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    },
  )
