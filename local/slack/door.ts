import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../../lib/loopback.ts'
import { readBody } from './body.ts'
import { breaches, refusals } from './limits.ts'
import { judgeCall, type SlackMode } from './mode.ts'
import { type Ephemeral, responseUrls } from './response-url.ts'

/** A call to the local Slack. */
export interface SlackCall {
  /** Such as `chat.update`; or `response_url`. */
  method: string
  body: Record<string, unknown>
  at: string
  /** 0: no answer was given. */
  status: number
  /** Slack's error code, where it was refused. */
  error?: string
  /** The limits of Slack that it broke. */
  breaches: string[]
}

/** Slack's answer: a status, and the JSON of its body. */
interface Answer {
  status: number
  body: { ok: boolean; error?: string } & Record<string, unknown>
  retryAfter?: number
}

export interface SlackDoor {
  url: string
  calls: SlackCall[]
  ephemerals: Ephemeral[]
  /** Every modal opened, as last updated. */
  views: Map<string, Record<string, unknown>>
  responseUrl(team: string, channel: string, user: string): string
  setMode(mode: SlackMode): void
  close(): Promise<void>
}

/**
 * The Slack that Portcullis talks to: a loopback server that records every call, refuses what the real one refuses
 * (limits, rates, a revoked token), and forwards the rest to the emulator.
 */
export async function openSlackDoor(emulator: string, token: string): Promise<SlackDoor> {
  const replies = responseUrls()
  const views: SlackDoor['views'] = new Map()
  const calls: SlackCall[] = []
  const ephemerals: Ephemeral[] = []
  let verdictOn = judgeCall('well')

  // A caller that disconnects, or an emulator that was stopped first, must not end this process.
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', 'http://slack').pathname
    const method = path.startsWith('/actions/') ? 'response_url' : path.replace(/^\/api\//, '')
    const body = await readBody(request)
    const call: SlackCall = { method, body, at: new Date().toISOString(), status: 0, breaches: [] }
    calls.push(call)
    const verdict = await verdictOn(method, String(body.channel ?? ''))
    if (verdict === 'hang up') {
      request.socket.destroy()
      return
    }
    const answer =
      verdict !== 'pass'
        ? { ...verdict, body: { ok: false, error: verdict.error } }
        : method === 'response_url'
          ? reply(path, call)
          : await ask(request, call)
    call.status = answer.status
    if (answer.body.error) call.error = answer.body.error
    send(response, answer)
  }

  async function ask(request: IncomingMessage, call: SlackCall): Promise<Answer> {
    const { method, body } = call
    const given = request.headers.authorization?.replace(/^Bearer /, '') ?? body.token
    if (given !== token) return { status: 200, body: refused(given ? 'invalid_auth' : 'not_authed') }
    const found = refusals(method, body)
    call.breaches = breaches(method, body)
    if (found[0]) {
      const lines = found.map(({ line }) => line)
      return { status: 200, body: refused(found[0].error, lines) }
    }
    const answer = await passOn(emulator, token, method, body)
    if (answer.body.ok) note(call, answer.body.view as Record<string, unknown> | undefined)
    return answer
  }

  function note({ method, body, at }: SlackCall, view?: Record<string, unknown>) {
    if (method.startsWith('views.') && view) views.set(String(view.id), view)
    if (method === 'chat.postEphemeral') {
      ephemerals.push({
        ...said(body),
        channel: String(body.channel),
        user: String(body.user),
        at,
        by: method,
      })
    }
  }

  function reply(path: string, call: SlackCall): Answer {
    const whose = replies.use(path)
    if ('error' in whose) return { status: 404, body: refused(whose.error) }
    const { body, at } = call
    call.breaches = breaches('response_url', body)
    const [first] = refusals('response_url', body)
    if (first) return { status: 400, body: refused(first.error) }
    if (body.response_type !== 'in_channel')
      ephemerals.push({ ...said(body), ...whose, at, by: 'response_url' })
    return { status: 200, body: { ok: true } }
  }

  const { url, close } = await listen(server)
  return {
    url,
    calls,
    ephemerals,
    views,
    responseUrl: (...click) => url + replies.issue(...click),
    setMode: (mode) => {
      verdictOn = judgeCall(mode)
    },
    close,
  }
}

/** Calls the emulator directly, without limits and modes. */
export async function passOn(emulator: string, token: string, method: string, body: object): Promise<Answer> {
  const response = await fetch(`${emulator}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.status === 404) return { status: 200, body: refused('unknown_method') }
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

const said = ({ text, blocks }: Record<string, unknown>) => ({
  text: String(text ?? ''),
  ...(Array.isArray(blocks) && { blocks }),
})

function refused(error: string, lines: string[] = []): Answer['body'] {
  const messages = lines.map((line) => `[ERROR] ${line}`)
  return { ok: false, error, ...(lines.length > 0 && { errors: lines, response_metadata: { messages } }) }
}

function send(response: ServerResponse, { status, body, retryAfter }: Answer) {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(retryAfter && { 'retry-after': String(retryAfter) }),
  })
  response.end(JSON.stringify(body))
}
