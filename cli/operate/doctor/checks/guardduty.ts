import {
  CreateDetectorCommand,
  GetDetectorCommand,
  type GetDetectorResponse,
  GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from '@aws-sdk/client-guardduty'
import { type DoctorCheck, type DoctorFinding, failedCheck, passedCheck, warningCheck } from '../check.ts'

/** A detector, as far as it is looked at. Source: GuardDuty API reference, GetDetector. */
export type Detector = Pick<GetDetectorResponse, 'Status' | 'FindingPublishingFrequency' | 'Features'>

/** What of GuardDuty rules listen to. */
const features = ['AI_PROTECTION', 'RUNTIME_MONITORING', 'S3_DATA_EVENTS', 'LAMBDA_NETWORK_LOGS'] as const
const often = 'FIFTEEN_MINUTES'

/** What a detector lacks. Pure. */
export function findingOf(detector: Detector | undefined): DoctorFinding {
  if (!detector)
    return failedCheck('there is no detector: no finding ever comes', 'portcullis doctor --fix guardduty')
  if (detector.Status !== 'ENABLED') return failedCheck('the detector is switched off')
  const on = new Set<string | undefined>(
    (detector.Features ?? []).filter(({ Status }) => Status === 'ENABLED').map(({ Name }) => Name),
  )
  const missing = features.filter((name) => !on.has(name))
  if (missing.length > 0) return failedCheck(`without ${missing.join(', ')}`)
  return detector.FindingPublishingFrequency === often
    ? passedCheck(`${features.join(', ')}; again within 15 minutes`)
    : warningCheck('an attack that goes on is told again after hours only (FindingPublishingFrequency)')
}

export const guardduty: DoctorCheck = {
  name: 'guardduty',
  title: 'GuardDuty',
  why: 'the rules of findings are asleep without it; later findings of an attack come after six hours, if not told otherwise',
  fix: 'portcullis doctor --fix guardduty     (in an organization: in the account of its administrator)',
  async check() {
    const { detector } = await read()
    return findingOf(detector)
  },
  async mend() {
    const { id } = await read()
    const wanted = { FindingPublishingFrequency: often, Features: switchedOn } as const
    const says = `--enable --finding-publishing-frequency ${often} --features ${features.map((one) => `Name=${one},Status=ENABLED`).join(' ')}`
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
