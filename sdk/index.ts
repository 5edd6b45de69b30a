/** What applications import: `portcullis/sdk`. See docs/sdk.md. */
export { allowed, type LimitTable } from './limits.ts'
export {
  applicationSource,
  type CallLabels,
  type TraceOutcome,
  type TracerOptions,
  tracer,
} from './tracer.ts'
