import { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { same } from '../../engine/state.ts'
import { aclsOf } from './quarantine/acl-rules.ts'
import { findAcls, writeAcls } from './quarantine/acls.ts'
import { findAttributes, writeAttributes } from './quarantine/attributes.ts'
import { caveats, withObserved } from './quarantine/caveats.ts'
import { cleanUpAround } from './quarantine/clean-up.ts'
import { inBackground, runInStages } from './quarantine/concurrency.ts'
import { reads, writes } from './quarantine/grants.ts'
import { findInstance, gone, idsOf, vpcsOf } from './quarantine/instance.ts'
import { interfacesOf, prepareIsolationGroups, writeInterfaces } from './quarantine/interfaces.ts'
import { findIsolationGroups } from './quarantine/isolation.ts'
import { findProfile, writeProfile } from './quarantine/profile.ts'
import { findGroups, findScaling, writeScaling } from './quarantine/scaling.ts'
import { contained, type InstanceState } from './quarantine/state.ts'
import { findTargetGroups, findTargets, writeTargets } from './quarantine/targets.ts'

/**
 * Cuts an EC2 instance off the network: every interface gets a security group without rules, and its addresses are denied
 * in every network ACL of its VPCs, because a change of security groups does not end open connections. The instance leaves
 * its load balancers and its Auto Scaling group, loses its role, and is protected from termination, which would delete
 * the evidence.
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

  async read(
    { account, instanceId },
    { ec2, autoscaling, elb },
    { prefix },
  ): Promise<Reading<InstanceState>> {
    const [instance, attributes, association, scaling, targetGroups] = await Promise.all([
      findInstance(ec2, instanceId),
      findAttributes(ec2, instanceId),
      findProfile(ec2, instanceId),
      findScaling(autoscaling, instanceId),
      findTargetGroups(elb),
    ])
    return { tags: instance.Tags ?? [], state: readRest }

    async function readRest(): Promise<InstanceState> {
      const vpcs = vpcsOf(instance)
      const ids = idsOf(instance)
      const [all, isolation, targets, groups] = await Promise.all([
        findAcls(ec2, vpcs),
        findIsolationGroups(ec2, vpcs, prefix),
        findTargets(elb, targetGroups, { vpcs, ids }),
        findGroups(autoscaling, Object.keys(scaling)),
      ])
      // The network ACLs of a VPC that is shared with this account belong to the VPC's owner.
      const acls = all.filter(({ OwnerId }) => OwnerId === account)
      const state: InstanceState = {
        interfaces: interfacesOf(instance, isolation),
        vpcAcls: aclsOf(instance, acls),
        scaling,
        ...(Object.keys(targets).length > 0 && { targets }),
        ...(instance.InstanceLifecycle === 'spot' ? { termination: 'spot', shutdown: 'spot' } : attributes),
        profile: association?.IamInstanceProfile?.Arn ?? null,
        power: instance.State?.Name?.startsWith('stop') ? 'stopped' : 'running',
      }
      return withObserved(state, { instance, acls, groups })
    }
  },

  contain: contained,

  async write({ instanceId }, state, { ec2, autoscaling, elb }, { prefix }) {
    const { interfaces, vpcAcls, scaling, targets = {}, profile } = state
    const vpcs = [...new Set(Object.values(interfaces).map(({ vpc }) => vpc))]
    const containing = same(contained(state), state)
    // Neither affects the instance, so the first stage does not wait for them.
    const isolationGroups = prepareIsolationGroups(ec2, interfaces, prefix)
    const ids = containing ? inBackground(findInstance(ec2, instanceId).then(idsOf)) : undefined
    const part = {
      attributes: () => writeAttributes(ec2, instanceId, state),
      scaling: () => writeScaling(autoscaling, instanceId, scaling),
      interfaces: () => writeInterfaces(ec2, interfaces, prefix, isolationGroups),
      acls: () => writeAcls(ec2, vpcAcls, vpcs),
      targets: async () => writeTargets(elb, targets, ids && { vpcs, ids: await ids }),
      profile: () => writeProfile(ec2, instanceId, profile),
    }
    // Contain: first what could end the instance, then the network. Release: a group gets it back when it can serve.
    await runInStages(
      containing
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
    cleanUpAround({ ec2, autoscaling }, instanceId, before, prefix),
})
