import { GetRoleCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { denySession } from '../../../playbooks/identity/deny-session.ts'
import { documentOf } from '../../documents.ts'
import type { Scene } from '../scene.ts'
import { scene as role } from './revoke-sessions.ts'

const RoleName = 'rag-indexer'
const wider = documentOf({ Effect: 'Deny', Action: '*', Resource: '*' })

export const scene: Scene = {
  playbook: denySession,
  async build() {
    const stage = await role.build()
    const iam = new IAMClient({})
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
    return {
      ...stage,
      target: { ...stage.target, principalId: `${Role?.RoleId}:nightly@example.com` },
      // A responder widens the policy so that it denies the whole role.
      async meddle() {
        const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
        const PolicyName = PolicyNames.find((name) => name.startsWith('PortcullisDenySession-'))
        await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: wider }))
      },
    }
  },
}
