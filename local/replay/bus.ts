import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge'
import { ruleName } from '../../infrastructure/stack/events/rules.ts'
import { rules } from '../../rules/index.ts'
import type { RecordedAttack } from '../attacks/index.ts'
import { problem } from '../emulator.ts'

/** A rule as it is deployed. */
export interface DeployedRule {
  name: string
  because: string
}

/** The default event bus, and the stack's rules on it. */
export class Bus {
  readonly #prefix: string
  readonly #client = new EventBridgeClient({})
  #rules: (DeployedRule & { pattern: string })[] = []

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /**
   * Puts an event on the bus and returns its id there. Works only on an emulator: AWS accepts `aws.*` sources from its
   * own services alone, which is why a rule may trust them. Source: EventBridge API reference, PutEvents.
   */
  async put(event: RecordedAttack): Promise<string> {
    const { source: Source, 'detail-type': DetailType, detail, resources: Resources, time } = event
    const entry = { Source, DetailType, Detail: JSON.stringify(detail), Resources, Time: new Date(time) }
    const { Entries } = await this.#client.send(new PutEventsCommand({ Entries: [entry] }))
    const [put] = Entries ?? []
    if (!put?.EventId)
      throw problem(`The bus refused an event of ${Source}.`, {
        where: 'PutEvents on the default bus',
        why: `${put?.ErrorCode}: ${put?.ErrorMessage}`,
        fix: 'unset PORTCULLIS_MINISTACK_URL: the MiniStack of local/supervisor.py takes the events of AWS services',
      })
    return put.EventId
  }

  /** The stack's rules that match an event, according to EventBridge itself. */
  async matching(event: RecordedAttack): Promise<DeployedRule[]> {
    if (this.#rules.length === 0) this.#rules = await this.#list()
    const Event = JSON.stringify({ version: '0', id: 'a question', ...event })
    const answers = await Promise.all(
      this.#rules.map(async ({ pattern, ...rule }) => {
        const asked = new TestEventPatternCommand({ Event, EventPattern: pattern })
        return (await this.#client.send(asked)).Result ? [rule] : []
      }),
    )
    return answers.flat()
  }

  async #list() {
    const { Rules = [] } = await this.#client.send(
      new ListRulesCommand({ NamePrefix: ruleName(this.#prefix, '') }),
    )
    return Rules.flatMap(({ Name = '', Description: because = '', EventPattern: pattern }) => {
      const name = Name.slice(this.#prefix.length + 1)
      return pattern && rules.some((rule) => rule.name === name) ? [{ name, because, pattern }] : []
    })
  }
}
