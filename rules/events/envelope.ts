/** What EventBridge wraps round every event. Source: EventBridge User Guide, "Event structure". */
export interface Envelope<Source extends string, Type extends string, Detail> {
  id: string
  source: Source
  'detail-type': Type
  account: string
  region: string
  time: string
  resources: string[]
  detail: Detail
}
