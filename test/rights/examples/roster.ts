import { together } from '../../../db/client.ts'
import { keepDraft } from '../../../db/roster/drafts.ts'
import type { Tally } from '../../../db/roster/tables.ts'
import { press, type Stage, says } from '../stage.ts'

const added = { mentions: true }

const away = async (stage: Stage) => {
  await stage.deed('secretary', 'place.away', { person: 'm member' }, {})
  return { person: 'm member', change: await stage.latest('person_changes') }
}

const appointed = (role: 'deputy' | 'secretary') => async (stage: Stage) => {
  await stage.deed('admin', 'seats.appoint', { person: 'm member' }, { role })
  return { person: 'm member', change: await stage.latest('person_changes') }
}

const removed = (person: string) => async (stage: Stage) => {
  await stage.deed('admin', 'leaving.remove', { person }, { reason: 'moved' })
  return { person, change: await stage.latest('person_changes') }
}

/** Somebody of the roster leaves the branch's chat, or somebody new comes into it. */
const moved = (what: 'added' | 'deleted', openId: string) => async (stage: Stage) => {
  await stage.deliver(`im.chat.member.user.${what}_v1`, { chat_id: 'oc_home', users: [{ user_id: { open_id: openId }, name: '新人' }] })
  return { proposal: await stage.latest('roster_proposals') }
}
const joined = moved('added', 'ou_newcomer')
const left = moved('deleted', 'ou_member')

const inGroup = async (stage: Stage) => {
  await stage.deed('secretary', 'groupPeople.moveIn', { group: 'group' }, { people: ['m member'] })
  return { group: 'group' }
}

/** A list of one new person, previewed. */
async function aPreview({ db, newId, now }: Stage, more?: Tally['more']) {
  const [draft, member] = [newId(), newId()]
  const person = { id: member, member: null, isNew: true, row: 2, name: '新人', facts: { name: '新人' } }
  await together(db, [
    keepDraft(db, {
      id: draft,
      file: draft,
      branch: 'home',
      by: 'm secretary',
      madeAt: now(),
      tally: { added: 1, changed: 0, same: 0, wrong: 0, failed: 0, more },
      rows: { people: [{ ...person, grant: [], vacate: [], candidates: [], changes: [] }], wrong: [], notes: [] },
    }),
  ])
  return { draft }
}

const ofTwoSheets = async (stage: Stage) => ({
  ...(await aPreview(stage, { fileKey: 'file', sheets: [{ at: 1, name: '预备党员', people: 3 }] })),
  sheet: 1,
})

export const roster = [
  press('people.show', 'seePeople', { view: 'people', sends: { branch: 'home' } }),
  says('member', 'seePeople', '/成员', { view: 'people' }),
  says('member', 'addMember', '/成员 添加', { deed: 'roster.add', ...added }),
  says('member', ['addMember', 'grantSeat'], '/成员 添加 正式 宣传委员', { deed: 'seat.grant', ...added }),
  says('member', ['addMember', 'grantSeat', 'grantSecretary'], '/成员 添加 正式 书记', { deed: 'seat.grant', ...added }),
  press('people.turn', 'seePeople', { card: '支部成员', sends: { branch: 'home', page: 0 } }),
  press('people.open', 'seePeople', { card: '阶段', sends: { branch: 'home' }, form: { person: 'm member' } }),

  press('person.part', 'seePeople', { card: '阶段', sends: { person: 'm member' } }),
  press('stage.change', 'addMember', {
    deed: 'member.stage',
    sends: { person: 'm probationer' },
    form: { stage: 'full', on: '2026-10-01' },
  }),
  press('ownGroup.change', 'addMember', { deed: 'member.group', sends: { person: 'm member' }, form: { group: 'group' } }),
  press('place.away', 'addMember', { deed: 'member.away', sends: { person: 'm member' }, form: {} }),
  press('place.back', 'addMember', { deed: 'member.back', given: away }),
  press('seats.appoint', 'grantSeat', { deed: 'seat.grant', sends: { person: 'm member' }, form: { role: 'deputy' } }),
  press('seats.appoint', ['grantSeat', 'grantSecretary'], {
    deed: 'seat.grant',
    sends: { person: 'm member' },
    form: { role: 'secretary' },
  }),
  press('seats.vacate', 'grantSeat', { deed: 'seat.vacate', sends: { person: 'm deputy', seat: 's0 deputy' } }),
  press('seats.vacate', ['grantSeat', 'grantSecretary'], {
    // A branch is never without a secretary: the next one is appointed first.
    deed: 'seat.vacate',
    given: appointed('secretary'),
    sends: { person: 'm secretary', seat: 's0 secretary' },
  }),
  press('leaving.remove', 'grantSeat', { deed: 'roster.remove', sends: { person: 'm member' }, form: { reason: 'moved' } }),
  press('undo.last', 'addMember', { deed: 'member.undo', given: away }),
  press('undo.last', 'grantSeat', { deed: 'member.undo', given: appointed('deputy') }),
  press('undo.last', ['grantSeat', 'grantSecretary'], { deed: 'member.undo', given: appointed('secretary') }),

  press('proposals.add', 'decideProposal', {
    deed: 'proposal.add',
    given: joined,
    form: ({ proposal }) => ({ [`stage_${proposal}`]: 'full' }),
  }),
  press('proposals.decide', 'decideProposal', { deed: 'proposal.ignore', given: joined, sends: { decision: 'ignored' } }),
  press('proposals.decide', ['decideProposal', 'grantSeat'], { deed: 'proposal.remove', given: left, sends: { decision: 'removed' } }),
  press('proposals.undo', 'grantSeat', { deed: 'member.undo', given: removed('m member') }),
  press('proposals.undo', ['grantSeat', 'grantSecretary'], { deed: 'member.undo', given: removed('m secretary') }),

  says('groups', 'manageGroups', '/党小组', { view: 'groups' }),
  says('groups', ['manageGroups', 'grantSeat'], '/党小组 第一党小组 组长 member', { deed: 'group.leader', given: inGroup }),
  press('groups.show', 'manageGroups', { card: '党小组', sends: { branch: 'home' } }),
  press('groups.make', 'manageGroups', { deed: 'group.make', sends: { branch: 'home' }, form: { name: '第二党小组' } }),
  press('group.open', 'manageGroups', { card: '组', sends: { group: 'group' } }),
  press('group.rename', 'manageGroups', { deed: 'group.rename', sends: { group: 'group' }, form: { name: '新名' } }),
  press('group.lead', 'grantSeat', { deed: 'group.leader', given: inGroup, form: { leader: 'm member' } }),
  press('groupPeople.moveIn', 'manageGroups', { deed: 'group.move', sends: { group: 'group' }, form: { people: ['m secretary'] } }),
  press('groupPeople.moveOut', 'manageGroups', { deed: 'group.move', given: inGroup, form: { people: ['m member'] } }),
  press('group.dissolve', 'manageGroups', { deed: 'group.dissolve', sends: { group: 'group' } }),

  says('roster', 'importRoster', '/名单', { view: 'rosterGuide' }),
  press('roster.import', 'importRoster', { deed: 'roster.add', given: (stage) => aPreview(stage) }),
  press('roster.sheet', 'importRoster', { card: '名单预览', given: ofTwoSheets }),
]
