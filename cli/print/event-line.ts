import { inert } from '../../messages/inert.ts'
import { wrap } from './wrap.ts'

/** What kind of event it is, and its id. */
export const eventLine = (event: Record<string, unknown>, width: number | undefined): string[] =>
  wrap(
    [event.source, event['detail-type'], event.id].map((one) => inert(String(one), 200)).join('  '),
    width ?? Number.POSITIVE_INFINITY,
  )
