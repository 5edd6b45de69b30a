/** Not now: somebody else is at it, or the channel asks to wait. It is tried again in `seconds`. */
export class RetryLater extends Error {
  override name = 'Later'
  readonly seconds: number

  constructor(why: string, seconds: number, options?: ErrorOptions) {
    super(why, options)
    this.seconds = seconds
  }
}
