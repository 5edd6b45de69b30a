import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DisassociateIamInstanceProfileCommand,
  type EC2Client,
  type IamInstanceProfileAssociation,
} from '@aws-sdk/client-ec2'
import { hasErrorName, patiently, unless } from './together.ts'

/** The instance's profile, if it has one; one that is being taken away does not count. */
export async function findProfile(
  ec2: EC2Client,
  instanceId: string,
): Promise<IamInstanceProfileAssociation | undefined> {
  const Filters = [
    { Name: 'instance-id', Values: [instanceId] },
    { Name: 'state', Values: ['associating', 'associated'] },
  ]
  const answer = await ec2.send(new DescribeIamInstanceProfileAssociationsCommand({ Filters }))
  return answer.IamInstanceProfileAssociations?.[0]
}

/** Takes the profile away, or gives it back; never replaces one that somebody else gave it. */
export async function writeProfile(
  ec2: EC2Client,
  instanceId: string,
  profile: string | null,
): Promise<void> {
  const present = await findProfile(ec2, instanceId)
  if (profile === null) {
    if (!present) return
    const take = new DisassociateIamInstanceProfileCommand({ AssociationId: present.AssociationId })
    await ec2.send(take).catch(unless('InvalidAssociationID.NotFound'))
  } else if (present?.IamInstanceProfile?.Arn !== profile) {
    const give = new AssociateIamInstanceProfileCommand({
      InstanceId: instanceId,
      IamInstanceProfile: { Arn: profile },
    })
    // The old association may take some seconds to end, and there can be but one.
    await patiently(
      () => ec2.send(give),
      (error) => hasErrorName(error, 'IncorrectState'),
      [250, 500, 1000, 2000],
    )
  }
}
