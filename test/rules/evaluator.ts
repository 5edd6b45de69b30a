import { EventBridgeClient, TestEventPatternCommand } from '@aws-sdk/client-eventbridge'
import type { Event, Rule } from '../../engine/rule.ts'
import { startEmulators } from '../../local/emulators.ts'
import { rules } from '../../rules/index.ts'

/** An independent EventBridge that decides which rules match: MiniStack, correct in all 33 operator cases tried. */
export interface PatternEvaluator {
  /** Whether the pattern matches. Throws if EventBridge rejects it. */
  matches(pattern: object, event: Event): Promise<boolean>
  /** The names of all rules that match this event. */
  firing(event: Event): Promise<string[]>
  stop(): Promise<void>
}

export async function startEvaluator(): Promise<PatternEvaluator> {
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
      // Every field of a pattern must match, so the other rules are skipped.
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
