/** Another worker holds the message, or the channel asked to wait: try again in `seconds`. */
export class RetryLater extends Error {
  override name = 'RetryLater'
  readonly seconds: number

  constructor(why: string, seconds: number, options?: ErrorOptions) {
    super(why, options)
    this.seconds = seconds
  }
}
