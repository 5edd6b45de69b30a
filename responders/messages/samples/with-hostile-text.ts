import type { By } from '../../../engine/command.ts'
import type { Incident } from '../../../engine/journal/record.ts'

/** A text as an attacker would choose it. */
export const hostileText = [
  '<!channel> <!here> <@U0123ABCD> <#C0123ABCD|general> <!subteam^S0123|all> @channel @here #general',
  '<https://evil.test/login|Approve> https://evil.test www.evil.test maria@evil.test javascript:alert(1)',
  '</td><script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; " \' ` ``` *bold* _it_ ~no~',
  '\u202e\u2066esrever\u2069 \u200b\u200d\ufeff\u00ad\u3164 \u001b[2J\u001b]8;;https://evil.test\u0007 \u0000\r\n\u2028\u0085 \ud800',
  `${'n'.repeat(10_000)}`,
].join(' ')

/** The incident with the attacker's text in every place that an event can influence. */
export function withHostileText(incident: Incident): Incident {
  const by = (one: By): By =>
    one.who === 'clock' || one.how === 'rule' ? one : { ...one, who: hostileText, reason: hostileText }
  const change = { path: `/${hostileText}`, before: hostileText, after: [hostileText, hostileText] }
  const changes = Array.from({ length: 30 }, () => change)
  return {
    ...incident,
    subject: hostileText,
    events: [hostileText],
    containments: incident.containments.map((one) => ({
      ...one,
      subject: hostileText,
      because: hostileText,
      rule: hostileText,
      target: { account: one.target.account, region: one.target.region, principal: hostileText },
      plan: { ...one.plan, changes, caveats: Array.from({ length: 9 }, () => hostileText) },
      ...(one.failure && {
        failure: { ...one.failure, error: hostileText, done: one.failure.done.length > 0 ? changes : [] },
      }),
      ...(one.strays && { strays: changes }),
      history: one.history.map((each) => ({ ...each, by: by(each.by) })),
    })),
  }
}
