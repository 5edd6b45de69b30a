import type { GuardDutyFinding } from '../events/guardduty.ts'

type Detail = GuardDutyFinding['detail']

/** Long-term keys that took part in an attack sequence, without those of foreign accounts. */
export function accessKeysIn({ accountId, service }: Detail): { accessKeyId: string; account: string }[] {
  const { actors = [], resources = [] } = service.detection?.sequence ?? {}
  const ours = new Set([accountId, ...resources.map((one) => one.accountId)])
  const used = actors.map(({ user }) => ({
    uid: user?.credentialUid,
    account: user?.account?.uid ?? accountId,
  }))
  const hit = resources
    .filter(({ resourceType }) => resourceType === 'ACCESS_KEY')
    .map((one) => ({ uid: one.uid, account: one.accountId ?? accountId }))
  return [...used, ...hit].flatMap(({ uid = '', account }) =>
    /^AKIA\w+$/.test(uid) && ours.has(account) ? [{ accessKeyId: uid, account }] : [],
  )
}

/** Instances that took part, with account and Region: a sequence may cross both. */
export function instancesIn({
  accountId,
  region,
  service,
}: Detail): { instanceId: string; account: string; region: string }[] {
  return (service.detection?.sequence?.resources ?? [])
    .filter(({ resourceType }) => resourceType === 'EC2_INSTANCE')
    .map((one) => {
      const arn = one.uid.split(':')
      return {
        instanceId: one.uid.split('/').at(-1) ?? one.uid,
        account: one.accountId ?? arn[4] ?? accountId,
        region: one.region ?? arn[3] ?? region,
      }
    })
}

/** The subject of an attack sequence: the first user or role among its actors, else its first instance. */
export function attackerIn(detail: Detail): string {
  const kinds: Record<string, string> = { IAMUser: 'user', AssumedRole: 'role' }
  const actors = detail.service.detection?.sequence?.actors ?? []
  const names = actors.flatMap(({ user }) =>
    user && kinds[user.type] ? [`${kinds[user.type]}/${user.name}`] : [],
  )
  return names[0] ?? instancesIn(detail)[0]?.instanceId ?? `finding ${detail.id}`
}
