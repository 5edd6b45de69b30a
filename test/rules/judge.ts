import { EventBridgeClient, TestEventPatternCommand } from '@aws-sdk/client-eventbridge'
import type { Event, Rule } from '../../engine/rule.ts'
import { startEmulators } from '../../local/emulators.ts'
import { rules } from '../../rules/index.ts'

/** Somebody else's EventBridge, who says what fires: MiniStack, right in all 33 operator cases tried. */
export interface Judge {
  /** Whether the pattern matches; throws if EventBridge would not take the pattern. */
  matches(pattern: object, event: Event): Promise<boolean>
  /** The names of all rules that fire on this event. */
  firing(event: Event): Promise<string[]>
  stop(): Promise<void>
}

export async function startJudge(): Promise<Judge> {
  const emulators = await startEmulators({ only: 'ministack' })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const events = new EventBridgeClient({ endpoint: emulators.ministack, region: 'us-east-1', credentials })

  async function matches(pattern: object, event: Event) {
    const asked = { EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event) }
    return (await events.send(new TestEventPatternCommand(asked))).Result === true
  }

  return {
    matches,
    async firing(event) {
      // Every field of a pattern must match, so the others need not be asked.
      const likely = rules.filter(({ when }) => typesOf(when).includes(event['detail-type']))
      const fire = await Promise.all(likely.map((rule: Rule) => matches(rule.when, event)))
      return likely.filter((_, index) => fire[index]).map(({ name }) => name)
    },
    async stop() {
      events.destroy()
      await emulators.stop()
    },
  }
}

const typesOf = (when: object): unknown[] => (when as { 'detail-type': unknown[] })['detail-type']
