/** The fields that EventBridge adds to every event. Source: EventBridge User Guide, "Event structure". */
export interface Envelope<Source extends string, Type extends string, Detail> {
  version?: '0'
  id: string
  source: Source
  'detail-type': Type
  account: string
  region: string
  time: string
  resources: string[]
  detail: Detail
}
