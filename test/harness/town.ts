import { ballots, electorates } from '../../db/ballots/tables.ts'
import type { Stage } from '../../db/branches/members.ts'
import { branches, chats, committees, groups, members, seats, units } from '../../db/branches/tables.ts'
import { together } from '../../db/client.ts'
import { gatheringBranches, gatherings } from '../../db/gatherings/tables.ts'
import { addMinutes } from '../../src/calendar.ts'
import { branchSeats, type Holder, type SeatRole } from '../../src/rules/branches/rights.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { anApp } from './app.ts'
import { TENANT } from './branch.ts'
import { aStore, type TestStore } from './database.ts'

const ELSEWHERE = 'tenant_elsewhere'

export interface Townsman extends Holder {
  name: string
  openId: string
  tenantKey: string
  /** Null for whom the database does not know. */
  member: string | null
  stage: Stage | null
}

const branchOf: Record<string, { unit: string; committee: string; lineage: string[] }> = {
  home: { unit: 'unit', committee: 'first', lineage: ['first', 'top'] },
  sibling: { unit: 'unit', committee: 'first', lineage: ['first', 'top'] },
  cousin: { unit: 'unit', committee: 'second', lineage: ['second', 'top'] },
  abroad: { unit: 'far', committee: 'farTop', lineage: ['farTop'] },
}

type Seat = { role: SeatRole; branch?: string; committee?: string; group?: string }

const person = (name: string, unit: string, branch: string | null, seat?: Seat, stage: Stage | null = 'full'): Townsman => ({
  name,
  openId: `ou_${name.replaceAll(' ', '_')}`,
  tenantKey: unit === 'far' ? ELSEWHERE : TENANT,
  member: `m ${name}`,
  unit,
  branch,
  stage: branch ? stage : null,
  seats: seat ? [{ branch: null, committee: null, group: null, ...seat }] : [],
})

/** Everybody who could stand before a button of the branch `home`: each role, and each relation to that branch. */
export const people: readonly Townsman[] = [
  ...branchSeats.map((role) => person(role, 'unit', 'home', { role, branch: 'home' })),
  person('leader', 'unit', 'home', { role: 'leader', group: 'group' }),
  person('member', 'unit', 'home'),
  person('probationer', 'unit', 'home', undefined, 'probationer'),
  person('activist', 'unit', 'home', undefined, 'activist'),
  person('admin', 'unit', null, { role: 'admin' }),
  person('assessor', 'unit', null, { role: 'assessor', committee: 'first' }),
  person('top assessor', 'unit', null, { role: 'assessor', committee: 'top' }),
  person('assessor elsewhere', 'unit', null, { role: 'assessor', committee: 'second' }),
  person('sibling secretary', 'unit', 'sibling', { role: 'secretary', branch: 'sibling' }),
  person('sibling member', 'unit', 'sibling'),
  person('cousin secretary', 'unit', 'cousin', { role: 'secretary', branch: 'cousin' }),
  person('far secretary', 'far', 'abroad', { role: 'secretary', branch: 'abroad' }),
  person('far admin', 'far', null, { role: 'admin' }),
  person('former secretary', 'unit', 'home'),
  { ...person('departed secretary', 'unit', 'home', { role: 'secretary', branch: 'home' }), member: null },
  { ...person('stranger', 'unit', null), member: null },
]

/** Two tenants; in ours a committee over two, and branches under each. */
export async function aTown(world: (store: TestStore) => Parameters<typeof anApp>[1] = () => ({})) {
  const store = await aStore()
  const { db } = store
  const at = new Date(0)
  await together(db, [
    db.insert(units).values([
      { id: 'unit', tenantKey: TENANT, name: '某大学' },
      { id: 'far', tenantKey: ELSEWHERE, name: '另一单位' },
    ]),
    db.insert(committees).values([
      { id: 'top', unit: 'unit', name: '党委' },
      { id: 'first', unit: 'unit', parent: 'top', name: '一分党委' },
      { id: 'second', unit: 'unit', parent: 'top', name: '二分党委' },
      { id: 'farTop', unit: 'far', name: '党委' },
    ]),
    db
      .insert(branches)
      .values(
        Object.entries(branchOf).map(([id, { unit, committee }]) => ({ id, unit, committee, name: `支部 ${id}`, since: '2026-07-01' })),
      ),
    db.insert(groups).values({ id: 'group', branch: 'home', name: '第一党小组' }),
    db.insert(chats).values([
      { chatId: 'oc_home', unit: 'unit', branch: 'home', boundBy: 'test', boundAt: at },
      { chatId: 'oc_first', unit: 'unit', committee: 'first', boundBy: 'test', boundAt: at },
    ]),
  ])
  for (const one of people) await move(store.db, one)
  const app = anApp(store, world(store))

  let called = 0
  /** A gathering that starts in a quarter of an hour; what was called before is called off. */
  async function meeting(branch: string, kind: GatheringKind = 'general') {
    const id = `gathering ${++called}`
    const startsAt = addMinutes(app.now(), 15)
    const calledBy = branch === 'abroad' ? 'm far secretary' : 'm admin'
    await store.client.execute(
      "insert into cancellations select g.id, 0, 'test', '' from gatherings g where not exists (select 1 from cancellations c where c.gathering = g.id)",
    )
    await together(db, [
      db
        .insert(gatherings)
        .values({ id, branch, kind, place: '', startsAt, endsAt: addMinutes(startsAt, 60), calledBy, calledAt: app.now() }),
      db.insert(gatheringBranches).values({ gathering: id, branch }),
    ])
    return id
  }
  /** A resolution that the branch `home` votes on for a day. */
  async function ballot(electors: readonly string[]) {
    const id = `ballot ${++called}`
    const openedAt = app.now()
    const asked = {
      use: 'resolution' as const,
      isSecret: true,
      title: '选派一人',
      question: { scale: 'stances' as const, subjects: [{ key: '1', name: '选派一人' }] },
    }
    await together(db, [
      db.insert(ballots).values({
        ...asked,
        ...(await app.box.sealing.newKeys(id)),
        id,
        unit: 'unit',
        branch: 'home',
        openedBy: 'm secretary',
        openedAt,
        closesAt: addMinutes(openedAt, 1_440),
      }),
      ...electors.map((member) => db.insert(electorates).values({ ballot: id, member, branch: 'home' })),
    ])
    return id
  }
  return { ...app, store, meeting, ballot }
}

export type Town = Awaited<ReturnType<typeof aTown>>

async function move(db: Town['db'], { name, openId, unit, branch, member, seats: held, stage }: Townsman) {
  const isDeparted = name.startsWith('departed')
  if (!member && !isDeparted) return
  const id = member ?? `m ${name}`
  const since = { joinedOn: '2026-01-01', addedAt: new Date(0) }
  const sat = name.startsWith('former') ? [{ role: 'secretary' as const, branch: 'home', committee: null, group: null }] : held
  await together(db, [
    db.insert(members).values({ id, unit, branch, openId, name, stage, ...since, leftOn: isDeparted ? '2026-09-01' : null }),
    ...sat.map((seat, i) =>
      db
        .insert(seats)
        .values({ id: `s${i} ${name}`, member: id, ...seat, from: new Date(0), until: held.length === 0 ? new Date(1) : null }),
    ),
  ])
}
