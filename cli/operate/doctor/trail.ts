import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail'

/** A trail, as far as rules depend on it. */
export interface Trail {
  /** Its ARN if known: the name of a trail is not found from another Region. */
  arn: string
  isMultiRegion: boolean
  isLogging: boolean
  selectors: EventSelector[]
  advanced: AdvancedEventSelector[]
}

/** Which management events it logs. Source: CloudTrail API reference, EventSelector and AdvancedEventSelector. */
export function managementOf({ selectors, advanced }: Trail): { reads: boolean; writes: boolean } {
  const basic = selectors.filter(({ IncludeManagementEvents }) => IncludeManagementEvents)
  const fields = advanced.filter((one) => valuesOf(one, 'eventCategory').includes('Management'))
  const wants = (kind: 'ReadOnly' | 'WriteOnly', readOnly: string) =>
    basic.some(({ ReadWriteType = 'All' }) => ReadWriteType === 'All' || ReadWriteType === kind) ||
    fields.some((one) => {
      const wanted = valuesOf(one, 'readOnly')
      return wanted.length === 0 || wanted.includes(readOnly)
    })
  return { reads: wants('ReadOnly', 'true'), writes: wants('WriteOnly', 'false') }
}

/** The resource types whose data events it logs, for all or some resources: `AWS::S3::Object`. */
export const dataOf = ({ selectors, advanced }: Trail): string[] => [
  ...selectors.flatMap(({ DataResources = [] }) => DataResources.map(({ Type = '' }) => Type)),
  ...advanced.flatMap((one) => valuesOf(one, 'resources.type')),
]

/** The selectors of a trail with these types added. Advanced selectors replace basic ones: those are converted. */
export const selectorsWith = (trail: Trail, types: string[]): AdvancedEventSelector[] => [
  ...(trail.advanced.length > 0 ? trail.advanced : trail.selectors.flatMap(advancedOf)),
  ...types.map((type) => ({
    Name: `portcullis: ${type}`,
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: [type] },
    ],
  })),
]

function advancedOf(basic: EventSelector): AdvancedEventSelector[] {
  const { ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources: without = [] } = basic
  const half = ReadWriteType === 'ReadOnly' ? ['true'] : ReadWriteType === 'WriteOnly' ? ['false'] : undefined
  const readOnly = half ? [{ Field: 'readOnly', Equals: half }] : []
  const management = {
    Name: 'management events',
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Management'] },
      ...readOnly,
      ...(without.length > 0 ? [{ Field: 'eventSource', NotEquals: without }] : []),
    ],
  }
  const data = (basic.DataResources ?? []).map(({ Type = '', Values = [] }) => ({
    Name: Type,
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: [Type] },
      ...readOnly,
      // `arn:aws:s3` alone means all resources of the type.
      ...(Values.some((value) => value.split(':').length < 6)
        ? []
        : [{ Field: 'resources.ARN', StartsWith: Values }]),
    ],
  }))
  return [...(IncludeManagementEvents ? [management] : []), ...data]
}

const valuesOf = ({ FieldSelectors = [] }: AdvancedEventSelector, field: string): string[] =>
  FieldSelectors.filter(({ Field }) => Field === field).flatMap(({ Equals = [] }) => Equals)
