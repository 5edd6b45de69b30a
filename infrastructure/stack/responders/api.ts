import type { Deployment } from '../deployment.ts'
import { functionId } from '../functions/lambda.ts'
import { arn, arnOf, type Resources, substituted, the } from '../template/template.ts'

/** Requests that people need at most; beyond them API Gateway answers 429. */
const maxPerSecond = 20
const maxBurst = 50

const routes = {
  Slack: 'POST /slack',
  Review: 'GET /i/{incident}',
  Look: 'HEAD /i/{incident}',
  Decide: 'POST /i/{incident}',
}

/**
 * The HTTP API in front of functions/decision-intake: Slack's interactions and the review page. The function verifies
 * a signature or a signed link; no other route exists.
 */
export const api = ({ prefix }: Deployment): Resources => ({
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: {
      Name: `${prefix}-responders`,
      ProtocolType: 'HTTP',
      Description: 'Receives decisions of responders: from Slack and from the review page',
    },
  },
  ApiStage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: { Ref: 'Api' },
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: maxPerSecond, ThrottlingBurstLimit: maxBurst },
    },
  },
  ApiDecide: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arnOf(functionId('decision-intake')),
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 10_000,
    },
  },
  ...Object.fromEntries(
    Object.entries(routes).map(([id, RouteKey]) => [
      `Api${id}Route`,
      {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteKey,
          Target: substituted(`integrations/${the('ApiDecide')}`),
        },
      },
    ]),
  ),
  ApiPermission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: arnOf(functionId('decision-intake')),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: substituted(arn('execute-api', `${the('Api')}/*`)),
    },
  },
})

/** The API's own address (MiniStack 1.5.33 does not have the attribute `ApiEndpoint`). */
export const apiUrl = `https://${the('Api')}.execute-api.${the('AWS::Region')}.${the('AWS::URLSuffix')}`
