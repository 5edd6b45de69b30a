import { createHash } from 'node:crypto'
import { logicalId, type Resource, type Resources, substituted, type TemplateValue, the } from './template.ts'

/** The template of a nested stack. */
export interface NestedTemplate {
  /** What it is called in file and logical id: `identity`. */
  name: string
  description: string
  resources: Resources
  /** Values of the root template that it needs, by the names of its parameters. */
  parameters: Record<string, TemplateValue>
  /** What the root template needs of it. */
  outputs: Record<string, TemplateValue>
  /** Logical ids of the root template that must exist before it. */
  dependsOn: string[]
}

/** The template's text, as it is uploaded. */
export const nestedText = ({ description, resources, parameters, outputs }: NestedTemplate): string =>
  JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: description,
    ...(Object.keys(parameters).length > 0 && {
      Parameters: Object.fromEntries(Object.keys(parameters).map((name) => [name, { Type: 'String' }])),
    }),
    Resources: resources,
    ...(Object.keys(outputs).length > 0 && {
      Outputs: Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }])),
    }),
  })

/** The template's file in a package. */
export const nestedFile = (name: string): string => `cloudformation-template-nested-${name}.json`

export const nestedId = (name: string): string => logicalId(name, 'Stack')

/**
 * The nested stack as a resource of the root template. The key of its template holds a hash of the text, so that
 * CloudFormation sees a change, and that a rollback finds the earlier template. It lies under the prefix that
 * `serverless remove` empties, beside the deployments that `serverless deploy` cleans up by their time stamps.
 */
export function nestedStack(template: NestedTemplate, stage: string): Resource {
  const hash = createHash('sha256').update(nestedText(template)).digest('hex').slice(0, 16)
  const key = `serverless/portcullis/${stage}/templates/${hash}/${nestedFile(template.name)}`
  const host = `s3.${the('AWS::Region')}.${the('AWS::URLSuffix')}`
  return {
    Type: 'AWS::CloudFormation::Stack',
    ...(template.dependsOn.length > 0 && { DependsOn: template.dependsOn }),
    Properties: {
      TemplateURL: substituted(`https://${host}/${the('ServerlessDeploymentBucket')}/${key}`),
      ...(Object.keys(template.parameters).length > 0 && { Parameters: template.parameters }),
    },
  }
}
