import { sanitize } from '../../../lib/text/sanitize.ts'
import { wrapPrinted } from '../../print/wrap.ts'

/** Source, type and id of an event. */
export const eventLine = (event: Record<string, unknown>, width: number | undefined): string[] =>
  wrapPrinted(
    [event.source, event['detail-type'], event.id].map((one) => sanitize(String(one), 200)).join('  '),
    width ?? Number.POSITIVE_INFINITY,
  )
