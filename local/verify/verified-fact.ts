/** A statement about the account, and whether the account confirms it. */
export interface VerifiedFact {
  says: string
  holds: boolean
  /** The resource it is about, where the same is stated of several. */
  of?: string
}
