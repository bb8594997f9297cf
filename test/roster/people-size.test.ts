import { expect, test } from 'vitest'
import { groupForms } from '../../cards/roster/group.ts'
import { groupCard } from '../../cards/roster/group-card.ts'
import { groupsCard } from '../../cards/roster/groups.ts'
import { peopleCard } from '../../cards/roster/people.ts'
import { rolesCard } from '../../cards/roster/roles.ts'
import type { Card } from '../../src/card.ts'

const names = ['王芳', '😀'.repeat(30), '"\\'.repeat(15), '**<at>'.repeat(5)]

/** As it travels: a string within the request. */
const bytes = (card: Card) =>
  Buffer.byteLength(
    JSON.stringify({ receive_id: 'o'.repeat(40), msg_type: 'interactive', content: JSON.stringify(card), uuid: 'u'.repeat(50) }),
  )

const admin = { id: 'a', unit: 'u', branch: null, group: null, openId: 'ou_a', name: '', stage: null }
const viewer = { ...admin, seats: [{ role: 'admin' as const, branch: null, committee: null, group: null }] }

test.each(names)(
  'however many are called “%s”, the cards of people, groups and roles fit into the 30,000 bytes that the platform takes',
  (name) => {
    for (const count of [1, 120, 3_000]) {
      const all = Array.from({ length: count }, (_, i) => ({ id: `member${i}`.padEnd(20, 'x'), name, openId: null }))
      const people = all.map((one, i) => ({
        ...one,
        stage: 'full' as const,
        groupName: name,
        isAway: false,
        seats: [{ id: `s${i}`, role: 'committeeMember' as const, groupName: null }],
      }))
      const groups = all.map((one) => ({ ...one, people: 3, leader: name }))
      const within = all.map((one) => ({ ...one, isFull: 1, groupName: name, leads: null, leadsElsewhere: null }))
      const group = {
        id: 'g'.repeat(20),
        name,
        endedOn: null,
        branch: 'b',
        branchName: name,
        unit: 'u',
        lineage: [],
        people: within,
        others: within,
        open: 0,
        chats: [],
        drafts: [],
      }
      const holdings = all.map((one, i) => ({
        seat: `seat${i}`.padEnd(20, 'x'),
        member: one.id,
        openId: null,
        name,
        role: 'assessor' as const,
        committee: one.id,
        committeeName: name,
      }))
      const roles = { committee: null, committees: all, holdings }
      const cards = [
        peopleCard({ id: 'b', name }, people),
        peopleCard({ id: 'b', name }, people, 1, people),
        groupsCard({ id: 'b', name }, groups, 3),
        ...([undefined, 'leader', 'in', 'out'] as const).map((part) => groupCard(group, viewer, part && { part, show: groupForms[part] })),
        ...([undefined, 'grant', 'revoke'] as const).map((part) => rolesCard(roles, viewer, part)),
      ]
      expect(Math.max(...cards.map(bytes))).toBeLessThan(30_000)
    }
  },
)
