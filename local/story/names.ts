import type { Containment } from '../../engine/journal/record.ts'
import { targetNameOf } from '../../responders/messages/format/plan-lines.ts'

/** The time of day in UTC, with a `Z`. */
export const clock = (at: string): string => `${at.slice(11, 19)}Z`

/** A containment's short name: playbook and target. */
export const nameOfRecord = ({ playbook, target }: Containment): string =>
  `${playbook} on ${targetNameOf(target)}`
