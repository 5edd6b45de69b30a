import { STSClient } from '@aws-sdk/client-sts'
import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import { digestOf, type Order, type StsProof, type Unsigned } from './order.ts'

const header = 'x-portcullis-order'
const question = 'Action=GetCallerIdentity&Version=2011-06-15'
const headers = ['authorization', 'content-type', 'host', 'x-amz-date', 'x-amz-security-token', header]
const freshMs = 5 * 60_000
const patienceMs = 5_000

/** Somebody is not shown to be who they say. */
export class Unproven extends Error {
  override name = 'Unproven'
}

/**
 * A request to AWS STS, signed and not sent, whose answer says whose credentials signed it; the order's digest is
 * among what is signed. Throws when there are no credentials. As HashiCorp Vault's AWS auth method (type iam).
 */
export async function makeProof(order: Unsigned, { region }: { region: string }): Promise<StsProof> {
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
    body: question,
  }
  const signed = await signer.sign(request)
  return { headers: signed.headers, body: question }
}

/**
 * Asks AWS STS, in this function's own Region, whose signature it is. Nothing of the request is the sender's choice
 * but the signature: a free host, action or header could be answered by somebody else, or with the sender's words
 * (CVE-2020-16250). Throws `Unproven` saying what is wrong, and anything else when STS cannot be asked.
 */
export async function checkProof(order: Order, proof: StsProof): Promise<{ arn: string; account: string }> {
  const region = process.env.AWS_REGION ?? ''
  const url = stsOf(region)
  const flaw = flawOf(order, proof, { host: url.host, region, now: Date.now() })
  if (flaw) throw new Unproven(`The proof ${flaw}.`)
  const { host: _, ...sent } = proof.headers
  const answer = await fetch(url, {
    method: 'POST',
    headers: sent,
    body: proof.body,
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  })
  const text = await answer.text()
  if (answer.status >= 500) throw new Error(`AWS STS answered ${answer.status}: ask again.`)
  const arn = /<Arn>(arn:[^<>\s]{1,2048})<\/Arn>/.exec(text)?.[1]
  const account = /<Account>(\d{12})<\/Account>/.exec(text)?.[1]
  if (!answer.ok || !arn || !account) throw new Unproven('AWS STS does not know the signature of the proof.')
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
  const strange = Object.keys(given).find((name) => !headers.includes(name))
  if (!scope) return 'is not signed for AWS STS'
  if (scope !== region) return `is signed for ${scope}, and this is ${region}`
  if (body !== question) return 'asks AWS STS something else'
  if (given.host !== host) return 'is for another host'
  if (unsigned) return `has a header that is not signed (${unsigned})`
  if (strange) return `has a header that does not belong there (${strange})`
  if (given[header] !== digestOf(order)) return 'is for another order'
  const times = [dateOf(given['x-amz-date']), order.at].map((time) => Math.abs(now - Date.parse(time)))
  return times.every((age) => age <= freshMs) ? undefined : 'is not of the last five minutes'
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
