import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DisassociateIamInstanceProfileCommand,
  type EC2Client,
  type IamInstanceProfileAssociation,
} from '@aws-sdk/client-ec2'
import { hasErrorName, ignoreErrors, retryWhile } from './expected-errors.ts'

/** The association of the instance with its profile; `undefined` if it has none or is being disassociated. */
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

/** Disassociates the profile, or associates it again; never replaces a profile that was associated since. */
export async function writeProfile(
  ec2: EC2Client,
  instanceId: string,
  profile: string | null,
): Promise<void> {
  const present = await findProfile(ec2, instanceId)
  if (profile === null) {
    if (!present) return
    const disassociate = new DisassociateIamInstanceProfileCommand({ AssociationId: present.AssociationId })
    await ec2.send(disassociate).catch(ignoreErrors('InvalidAssociationID.NotFound'))
  } else if (present?.IamInstanceProfile?.Arn !== profile) {
    const associate = new AssociateIamInstanceProfileCommand({
      InstanceId: instanceId,
      IamInstanceProfile: { Arn: profile },
    })
    // An instance has one association, and the earlier one may take some seconds to end.
    await retryWhile(
      (error) => hasErrorName(error, 'IncorrectState'),
      () => ec2.send(associate),
      [250, 500, 1000, 2000],
    )
  }
}
