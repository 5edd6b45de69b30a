/** The partition of a Region: the second part of its ARNs. Source: AWS General Reference, ARNs. */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'

/** The Region of a partition's global services (IAM). Source: AWS General Reference, IAM endpoints. */
export const homeRegionOf = (region: string): string =>
  region.startsWith('cn-') ? 'cn-north-1' : region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1'
