import type { IncomingHttpHeaders } from 'node:http'

/** A complete HTTP request. */
export interface Request {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer | string
}

/** The protocol of a service. Source: Smithy 2.0, "AWS protocols". */
type Protocol = 'ec2' | 'query' | 'json' | 'rest'

export interface Named {
  service: string
  /** As IAM names it: `ec2:DescribeInstances`, `apigateway:PATCH`. */
  action: string
  write: boolean
  protocol: Protocol
}

// The signing name is IAM's prefix but for these. Source: Service Authorization Reference.
const prefixes: Record<string, string> = { monitoring: 'cloudwatch' }

// Services whose operation is only in method and path. Any other request is named "METHOD /path".
const paths: [service: string, method: string, path: RegExp, operation: string][] = [
  ['scheduler', 'POST', /^\/schedules\/[^/]+$/, 'CreateSchedule'],
  ['scheduler', 'GET', /^\/schedules\/[^/]+$/, 'GetSchedule'],
  ['scheduler', 'PUT', /^\/schedules\/[^/]+$/, 'UpdateSchedule'],
  ['scheduler', 'DELETE', /^\/schedules\/[^/]+$/, 'DeleteSchedule'],
  ['scheduler', 'GET', /^\/schedules$/, 'ListSchedules'],
  ['scheduler', 'POST', /^\/schedule-groups\/[^/]+$/, 'CreateScheduleGroup'],
  ['lambda', 'POST', /\/functions\/[^/]+\/invocations$/, 'InvokeFunction'],
  ['lambda', 'GET', /\/functions\/[^/]+\/concurrency$/, 'GetFunctionConcurrency'],
  ['lambda', 'PUT', /\/functions\/[^/]+\/concurrency$/, 'PutFunctionConcurrency'],
  ['lambda', 'DELETE', /\/functions\/[^/]+\/concurrency$/, 'DeleteFunctionConcurrency'],
  ['bedrock', 'GET', /^\/guardrails\/[^/]+$/, 'GetGuardrail'],
  ['bedrock', 'PUT', /^\/guardrails\/[^/]+$/, 'UpdateGuardrail'],
  ['bedrock', 'POST', /^\/guardrails\/[^/]+$/, 'CreateGuardrailVersion'],
  ['bedrock', 'POST', /^\/listTagsForResource$/, 'ListTagsForResource'],
  ['bedrock', 'GET', /^\/logging\/modelinvocations$/, 'GetModelInvocationLoggingConfiguration'],
  ['bedrock', 'PUT', /^\/logging\/modelinvocations$/, 'PutModelInvocationLoggingConfiguration'],
  ['bedrock', 'DELETE', /^\/logging\/modelinvocations$/, 'DeleteModelInvocationLoggingConfiguration'],
  ['bedrock', 'GET', /^\/enforcedGuardrailsConfiguration$/, 'ListEnforcedGuardrailsConfiguration'],
  ['bedrock', 'PUT', /^\/enforcedGuardrailsConfiguration$/, 'PutEnforcedGuardrailConfiguration'],
  ['bedrock', 'DELETE', /^\/enforcedGuardrailsConfiguration\/[^/]+$/, 'DeleteEnforcedGuardrailConfiguration'],
]

const reading =
  /:(GET|HEAD|AdminGet|Get|List|Describe|Query|Scan|BatchGet|Lookup|Simulate|Search|AssumeRole|Verify)/

/** The IAM action of a call, from its signature, target, body or path. */
export function nameOf({ method, url, headers, body }: Request): Named {
  const signed = /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(
    headers.authorization ?? '',
  )?.[1]
  const service = prefixes[signed ?? ''] ?? signed ?? 'unsigned'
  const path = url.split('?')[0] ?? '/'
  const said = (operation: string, protocol: Protocol): Named => {
    const action = `${service}:${operation}`
    return { service, action, write: !reading.test(action), protocol }
  }
  const target = headers['x-amz-target']
  if (typeof target === 'string') return said(target.split('.').at(-1) ?? target, 'json')
  const rpc = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(path)?.[1]
  if (rpc) return said(rpc, 'json')
  if (service === 'apigateway') return said(method, 'rest')
  const query = /urlencoded/.test(headers['content-type'] ?? '')
    ? new URLSearchParams(body.toString()).get('Action')
    : null
  if (query) return said(query, service === 'ec2' ? 'ec2' : 'query')
  const rest = paths.find(([of, verb, shape]) => of === service && verb === method && shape.test(path))
  return said(rest?.[3] ?? `${method} ${path}`, 'rest')
}

/** How a call that reached AWS can fail. `nothing` answers success without doing anything. */
export type Fault = 'denied' | 'throttled' | 'broken' | 'nothing'

// Code and status of each service's own error. Sources: EC2 API "Error codes", IAM and others "Common errors".
const codes: Record<Exclude<Fault, 'nothing'>, Record<Protocol, [code: string, status: number]>> = {
  denied: {
    ec2: ['UnauthorizedOperation', 403],
    query: ['AccessDenied', 403],
    json: ['AccessDeniedException', 400],
    rest: ['AccessDeniedException', 403],
  },
  throttled: {
    ec2: ['RequestLimitExceeded', 503],
    query: ['Throttling', 400],
    json: ['ThrottlingException', 400],
    rest: ['TooManyRequestsException', 429],
  },
  broken: {
    ec2: ['InternalError', 500],
    query: ['InternalFailure', 500],
    json: ['InternalServerError', 500],
    rest: ['InternalServerException', 500],
  },
}

/** A service's answer in case of this fault, in its own protocol. */
export function faulty({ action, protocol }: Named, fault: Fault): Reply {
  const operation = action.split(':')[1]
  const xml = (status: number, body: string): Reply => ({
    status,
    headers: { 'content-type': 'text/xml' },
    body,
  })
  const json = (status: number, body: object, type = ''): Reply => ({
    status,
    headers: { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) },
    body: JSON.stringify(body),
  })
  if (fault === 'nothing') {
    if (protocol === 'json' || protocol === 'rest') return json(200, {})
    if (protocol === 'ec2')
      return xml(200, `<${operation}Response><return>true</return></${operation}Response>`)
    return xml(200, `<${operation}Response><${operation}Result></${operation}Result></${operation}Response>`)
  }
  const [code, status] = codes[fault][protocol]
  const message = `A test made ${action} fail.`
  const error = `<Code>${code}</Code><Message>${message}</Message>`
  if (protocol === 'ec2')
    return xml(
      status,
      `<Response><Errors><Error>${error}</Error></Errors><RequestID>t</RequestID></Response>`,
    )
  if (protocol === 'query')
    return xml(
      status,
      `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>t</RequestId></ErrorResponse>`,
    )
  return json(status, { __type: code, message }, code)
}
