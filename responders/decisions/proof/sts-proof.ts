import { STSClient } from '@aws-sdk/client-sts'
import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import { digestOf, type Order, type StsProof, type UnsignedOrder } from '../order.ts'

const header = 'x-portcullis-order'
const requestBody = 'Action=GetCallerIdentity&Version=2011-06-15'
const allowedHeaders = ['authorization', 'content-type', 'host', 'x-amz-date', 'x-amz-security-token', header]
const maxAgeMs = 5 * 60_000
const patienceMs = 5_000

/** The sender's identity is not proven. */
export class UnprovenIdentity extends Error {
  override name = 'UnprovenIdentity'
}

/**
 * A signed but unsent request to AWS STS, whose answer names the owner of the credentials; the order's digest is one of
 * the signed headers. Throws when there are no credentials. Source: HashiCorp Vault, AWS auth method (type iam).
 */
export async function makeProof(order: UnsignedOrder, { region }: { region: string }): Promise<StsProof> {
  const { credentials } = new STSClient({ region }).config
  const signer = new SignatureV4({
    service: 'sts',
    region,
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  })
  const { host, protocol, hostname } = stsOf(region)
  const request = {
    method: 'POST',
    protocol,
    hostname,
    path: '/',
    headers: { host, 'content-type': 'application/x-www-form-urlencoded', [header]: digestOf(order) },
    body: requestBody,
  }
  const signed = await signer.sign(request)
  return { headers: signed.headers, body: requestBody }
}

/**
 * Asks AWS STS, in this function's own Region, whose credentials signed the proof. The sender chooses nothing in the
 * request but the signature: with a free host, action or header, another server could answer, or the answer could
 * contain the sender's text (CVE-2020-16250). Throws `UnprovenIdentity` with the reason, and other errors when STS
 * cannot be asked.
 */
export async function checkProof(order: Order, proof: StsProof): Promise<{ arn: string; account: string }> {
  const region = process.env.AWS_REGION ?? ''
  const url = stsOf(region)
  const flaw = flawOf(order, proof, { host: url.host, region, now: Date.now() })
  if (flaw) throw new UnprovenIdentity(`The proof ${flaw}.`)
  const { host: _, ...sent } = proof.headers
  const answer = await fetch(url, {
    method: 'POST',
    headers: sent,
    body: proof.body,
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  })
  const text = await answer.text()
  if (answer.status >= 500) throw new Error(`AWS STS answered ${answer.status}. Try again.`)
  const arn = /<Arn>(arn:[^<>\s]{1,2048})<\/Arn>/.exec(text)?.[1]
  const account = /<Account>(\d{12})<\/Account>/.exec(text)?.[1]
  if (!answer.ok || !arn || !account)
    throw new UnprovenIdentity('AWS STS rejected the signature of the proof.')
  return { arn, account }
}

function flawOf(
  order: Order,
  { headers: given, body }: StsProof,
  { host, region, now }: { host: string; region: string; now: number },
): string | undefined {
  const [, scope, list = ''] = signature.exec(given.authorization ?? '') ?? []
  const signed = list.split(';')
  const unsigned = Object.keys(given).find((name) => name !== 'authorization' && !signed.includes(name))
  const unexpected = Object.keys(given).find((name) => !allowedHeaders.includes(name))
  if (!scope) return 'is not signed for AWS STS'
  if (scope !== region) return `is signed for ${scope}; this stack is in ${region}`
  if (body !== requestBody) return 'has another request body'
  if (given.host !== host) return 'is for another host'
  if (unsigned) return `has a header that is not signed (${unsigned})`
  if (unexpected) return `has an unexpected header (${unexpected})`
  if (given[header] !== digestOf(order)) return 'is for another order'
  const times = [dateOf(given['x-amz-date']), order.at].map((time) => Math.abs(now - Date.parse(time)))
  return times.every((age) => age <= maxAgeMs) ? undefined : 'is older than five minutes'
}

const signature =
  /^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/([a-z0-9-]+)\/sts\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=[0-9a-f]{64}$/

// 20261121T140312Z. Source: IAM User Guide, "Elements of an AWS API request signature".
const dateOf = (text = ''): string =>
  text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')

/** Source: AWS General Reference, "AWS Security Token Service endpoints". */
const stsOf = (region: string): URL =>
  new URL(
    process.env.AWS_ENDPOINT_URL_STS ??
      process.env.AWS_ENDPOINT_URL ??
      `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`,
  )
