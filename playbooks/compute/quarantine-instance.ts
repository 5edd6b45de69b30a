import { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { same } from '../../engine/state.ts'
import { aclsOf } from './quarantine/acl-rules.ts'
import { findAcls, writeAcls } from './quarantine/acls.ts'
import { findAttributes, writeAttributes } from './quarantine/attributes.ts'
import { caveats, remark } from './quarantine/caveats.ts'
import { reads, writes } from './quarantine/grants.ts'
import { findInstance, gone, idsOf, vpcsOf } from './quarantine/instance.ts'
import { beginIsolation, interfacesOf, writeInterfaces } from './quarantine/interfaces.ts'
import { findIsolation } from './quarantine/isolation.ts'
import { findProfile, writeProfile } from './quarantine/profile.ts'
import { findGroups, findScaling, writeScaling } from './quarantine/scaling.ts'
import { contained, type State } from './quarantine/state.ts'
import { sweepAround } from './quarantine/sweep.ts'
import { findTargetGroups, findTargets, writeTargets } from './quarantine/targets.ts'
import { begun, inStages } from './quarantine/together.ts'

/**
 * Cuts an EC2 instance off: every interface in a group without rules, its addresses denied in every network ACL of
 * its VPCs (a change of groups leaves open connections alone, an ACL does not), out of its load balancers and its
 * Auto Scaling group, without its role, and safe from being terminated with the evidence.
 */
export const quarantineInstance = playbook({
  name: 'quarantine-instance',
  title: 'Cut an EC2 instance off the network',
  copy: {
    action: 'cut {target} off the network',
    contained: '{target} is cut off the network',
    released: '{target} is back on the network',
    failed: '{target} may still reach the network',
  },
  target: ['instanceId'],
  clients: { ec2: EC2Client, autoscaling: AutoScalingClient, elb: ElasticLoadBalancingV2Client },
  reads,
  writes,
  gone,
  caveats,

  async read({ account, instanceId }, { ec2, autoscaling, elb }, { prefix }): Promise<Reading<State>> {
    const [instance, attributes, association, scaling, targetGroups] = await Promise.all([
      findInstance(ec2, instanceId),
      findAttributes(ec2, instanceId),
      findProfile(ec2, instanceId),
      findScaling(autoscaling, instanceId),
      findTargetGroups(elb),
    ])
    return { tags: instance.Tags ?? [], state: readRest }

    async function readRest(): Promise<State> {
      const vpcs = vpcsOf(instance)
      const ids = idsOf(instance)
      const [all, isolation, targets, groups] = await Promise.all([
        findAcls(ec2, vpcs),
        findIsolation(ec2, vpcs, prefix),
        findTargets(elb, targetGroups, { vpcs, ids }),
        findGroups(autoscaling, Object.keys(scaling)),
      ])
      // The network ACLs of a VPC that is shared with this account belong to the VPC's owner.
      const acls = all.filter(({ OwnerId }) => OwnerId === account)
      const state: State = {
        interfaces: interfacesOf(instance, isolation),
        vpcAcls: aclsOf(instance, acls),
        scaling,
        ...(Object.keys(targets).length > 0 && { targets }),
        ...(instance.InstanceLifecycle === 'spot' ? { termination: 'spot', shutdown: 'spot' } : attributes),
        profile: association?.IamInstanceProfile?.Arn ?? null,
        power: instance.State?.Name?.startsWith('stop') ? 'stopped' : 'running',
      }
      return remark(state, { instance, acls, groups })
    }
  },

  contain: contained,

  async write({ instanceId }, state, { ec2, autoscaling, elb }, { prefix }) {
    const { interfaces, vpcAcls, scaling, targets = {}, profile } = state
    const vpcs = [...new Set(Object.values(interfaces).map(({ vpc }) => vpc))]
    const closes = same(contained(state), state)
    // Both take a while and harm nothing: the first stage does not wait for them.
    const isolation = beginIsolation(ec2, interfaces, prefix)
    const only = closes ? begun(findInstance(ec2, instanceId).then((found) => idsOf(found))) : undefined
    const part = {
      attributes: () => writeAttributes(ec2, instanceId, state),
      scaling: () => writeScaling(autoscaling, instanceId, scaling),
      interfaces: () => writeInterfaces(ec2, interfaces, prefix, isolation),
      acls: () => writeAcls(ec2, vpcAcls, vpcs),
      targets: async () => writeTargets(elb, targets, only && { vpcs, ids: await only }),
      profile: () => writeProfile(ec2, instanceId, profile),
    }
    // In: first what could end the instance, then the network. Out: a group gets it back only when it can serve.
    await inStages(
      closes
        ? [
            [part.attributes, part.scaling],
            [part.interfaces, part.acls, part.targets, part.profile],
          ]
        : [
            [part.profile, part.interfaces, part.acls],
            [part.targets, part.scaling, part.attributes],
          ],
    )
  },

  cleanUpAfterGone: ({ instanceId }, before, { ec2, autoscaling }, { prefix }) =>
    sweepAround({ ec2, autoscaling }, instanceId, before, prefix),
})
