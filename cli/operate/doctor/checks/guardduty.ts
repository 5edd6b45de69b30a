import {
  CreateDetectorCommand,
  GetDetectorCommand,
  type GetDetectorResponse,
  GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from '@aws-sdk/client-guardduty'
import { type DoctorCheck, type DoctorFinding, failedCheck, passedCheck, warningCheck } from '../check.ts'

/** The fields of a detector that are checked. Source: GuardDuty API reference, GetDetector. */
export type Detector = Pick<GetDetectorResponse, 'Status' | 'FindingPublishingFrequency' | 'Features'>

/** The GuardDuty features whose findings rules match. */
const features = ['AI_PROTECTION', 'RUNTIME_MONITORING', 'S3_DATA_EVENTS', 'LAMBDA_NETWORK_LOGS'] as const
const shortestFrequency = 'FIFTEEN_MINUTES'

/** What a detector lacks, if anything. Pure. */
export function findingOf(detector: Detector | undefined): DoctorFinding {
  if (!detector)
    return failedCheck('there is no detector: there will be no findings', 'portcullis doctor --fix guardduty')
  if (detector.Status !== 'ENABLED') return failedCheck('the detector is disabled')
  const on = new Set<string | undefined>(
    (detector.Features ?? []).filter(({ Status }) => Status === 'ENABLED').map(({ Name }) => Name),
  )
  const missing = features.filter((name) => !on.has(name))
  if (missing.length > 0) return failedCheck(`disabled: ${missing.join(', ')}`)
  return detector.FindingPublishingFrequency === shortestFrequency
    ? passedCheck(`${features.join(', ')}; updates every 15 minutes`)
    : warningCheck('updates of a continuing attack arrive only after hours (FindingPublishingFrequency)')
}

export const guardduty: DoctorCheck = {
  name: 'guardduty',
  title: 'GuardDuty',
  why: 'rules for findings never match without it; by default, updates of a finding are published every six hours',
  fix: 'portcullis doctor --fix guardduty     (in an organization: in the delegated administrator account)',
  async check() {
    const { detector } = await read()
    return findingOf(detector)
  },
  async fixCalls() {
    const { id } = await read()
    const wanted = { FindingPublishingFrequency: shortestFrequency, Features: switchedOn } as const
    const says = `--enable --finding-publishing-frequency ${shortestFrequency} --features ${features.map((one) => `Name=${one},Status=ENABLED`).join(' ')}`
    const client = new GuardDutyClient({})
    return id
      ? [
          {
            says: `guardduty update-detector --detector-id ${id} ${says}`,
            make: () => client.send(new UpdateDetectorCommand({ DetectorId: id, Enable: true, ...wanted })),
          },
        ]
      : [
          {
            says: `guardduty create-detector ${says}`,
            make: () => client.send(new CreateDetectorCommand({ Enable: true, ...wanted })),
          },
        ]
  },
}

const switchedOn = features.map((Name) => ({ Name, Status: 'ENABLED' as const }))

async function read(): Promise<{ id?: string; detector?: Detector }> {
  const client = new GuardDutyClient({})
  const { DetectorIds: [id] = [] } = await client.send(new ListDetectorsCommand({}))
  return id ? { id, detector: await client.send(new GetDetectorCommand({ DetectorId: id })) } : {}
}
