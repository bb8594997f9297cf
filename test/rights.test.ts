import { beforeAll, expect, test } from 'vitest'
import { presses } from '../cards/index.ts'
import { claimHash } from '../commands/claim.ts'
import { commands, runCommand } from '../commands/index.ts'
import { keepClaimCode } from '../db/claim-codes.ts'
import { together } from '../db/client.ts'
import { keepDraft } from '../db/roster-drafts.ts'
import { may, type Place, type Right, rights } from '../src/rules/rights.ts'
import { aTown, people, placeOfBranch, type Town, type Townsman } from './harness/town.ts'

/** One way of using one right. It is allowed when all that it `needs` is, and then has an effect: a deed in the audit, or a view shown. */
interface Case {
  action: string
  needs: Right[]
  place?: (who: Townsman) => Place
  /** What it takes besides the right. */
  if?: (who: Townsman) => boolean
  effect: { deed: string } | { view: string }
  run(town: Town, who: Townsman): Promise<unknown>
}

const home = placeOfBranch('home')
const saying =
  (line: string, chat = 'oc_home', mentions = false) =>
  (town: Town, { openId, tenantKey }: Townsman) =>
    town.says(openId, line, { chat, tenantKey, mentions: mentions ? [{ openId: `ou_${town.newId()}`, name: '新人' }] : [] })
const pressing =
  (value: object, form?: object, chat = 'oc_home') =>
  (town: Town, { openId, tenantKey }: Townsman) =>
    town.presses(openId, value, { form, chat, tenantKey })
const onMeeting =
  (press: string, kind: 'general' | 'committee' = 'general', form?: object) =>
  async (town: Town, who: Townsman) =>
    pressing({ press, gathering: await town.meeting('home', kind) }, form)(town, who)
const inNewChat = (words: string) => (town: Town, who: Townsman) => saying(words, `oc_${town.newId()}`)(town, who)
const submitBind = (form: object) => (town: Town, who: Townsman) => {
  const chat = `oc_${town.newId()}`
  return pressing({ press: 'bind.submit', chat }, form, chat)(town, who)
}
const underCommittee = (): Place => ({ unit: 'unit', lineage: ['first', 'top'] })
const ofNewBranch = ({ unit, seats }: Townsman): Place => ({
  unit,
  lineage: [seats.find(({ committee }) => committee)?.committee ?? (unit === 'far' ? 'farTop' : 'top')],
})
const isExpected = ({ stage }: Townsman) => stage === 'full' || stage === 'probationer'
const ownUnit = ({ unit }: Townsman): Place => ({ unit })

const cases: Case[] = [
  { action: 'help', needs: ['help'], effect: { view: 'help' }, run: saying('帮助') },
  { action: 'command.run', needs: ['help'], effect: { view: 'help' }, run: (town, who) => pressing(offered('help', town))(town, who) },
  {
    action: 'claim',
    needs: ['claim'],
    if: ({ seats }) => !seats.some(({ role }) => role === 'admin'),
    effect: { deed: 'unit.claim' },
    async run(town, who) {
      await together(town.db, [keepClaimCode(town.db, claimHash('ABCD-EFGH'), town.now())])
      await saying('/认领 ABCD-EFGH')(town, who)
      await town.client.execute('delete from claim_codes')
      await town.client.execute({ sql: "delete from seats where role = 'admin' and id not like 's0 %'", args: [] })
      await town.client.execute("delete from members where name = '管理员'")
    },
  },
  { action: 'mine', needs: ['mine'], place: ownUnit, effect: { view: 'mine' }, run: saying('我的') },
  {
    action: 'checkin',
    needs: ['checkIn'],
    if: isExpected,
    effect: { deed: 'attendance.checkIn' },
    async run(town, who) {
      await town.meeting('home')
      return saying('签到')(town, who)
    },
  },
  {
    action: 'gathering.checkIn',
    needs: ['checkIn'],
    if: isExpected,
    effect: { deed: 'attendance.checkIn' },
    run: onMeeting('gathering.checkIn'),
  },
  {
    action: 'gathering.enterCode',
    needs: ['checkIn'],
    if: isExpected,
    effect: { deed: 'attendance.tryCode' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: "update gatherings set room_secret = 'secret' where id = ?", args: [gathering] })
      return pressing({ press: 'gathering.enterCode', gathering }, { digits: '0' })(town, who)
    },
  },
  {
    action: 'host.code',
    needs: ['markPresent'],
    effect: { deed: 'gathering.showCode' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: "update gatherings set room_secret = 'secret' where id = ?", args: [gathering] })
      return pressing({ press: 'host.code', gathering })(town, who)
    },
  },
  {
    action: 'leave',
    needs: ['askLeave'],
    if: isExpected,
    effect: { deed: 'leave.ask' },
    async run(town, who) {
      await town.meeting('home')
      return saying('/请假 病假')(town, who)
    },
  },
  { action: 'leave.open', needs: ['askLeave'], if: isExpected, effect: { view: 'leave' }, run: onMeeting('leave.open') },
  {
    action: 'leave.ask',
    needs: ['askLeave'],
    if: isExpected,
    effect: { deed: 'leave.ask' },
    run: onMeeting('leave.ask', 'general', { reason: 'work' }),
  },
  {
    action: 'leave.withdraw',
    needs: ['askLeave'],
    if: isExpected,
    effect: { deed: 'leave.withdraw' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      if (!who.member) return pressing({ press: 'leave.withdraw', gathering })(town, who)
      const leave = { sql: "insert into leaves values (?, ?, 'work', 0, null, null)", args: [gathering, who.member] }
      await town.client.execute(leave)
      await pressing({ press: 'leave.withdraw', gathering })(town, who)
      return town.client.execute({ sql: 'delete from leaves where member = ?', args: [who.member] })
    },
  },
  {
    action: 'host.leave',
    needs: ['confirmLeave'],
    effect: { deed: 'leave.confirm' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: "insert into leaves values (?, 'm member', 'work', 0, null, null)", args: [gathering] })
      await pressing({ press: 'host.leave', gathering, member: 'm member' })(town, who)
      return town.client.execute('delete from leaves')
    },
  },
  { action: 'corrections.open', needs: ['markPresent'], effect: { view: 'corrections' }, run: onMeeting('corrections.open') },
  {
    action: 'corrections.cancel',
    needs: ['cancelGathering'],
    effect: { deed: 'gathering.cancel' },
    run: onMeeting('corrections.cancel', 'general', { reason: '改期' }),
  },
  {
    action: 'corrections.unmark',
    needs: ['markPresent'],
    effect: { deed: 'attendance.unmark' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({
        sql: "insert into arrivals values (?, 'm member', 'on time', 0, 'press', 'm member')",
        args: [gathering],
      })
      await pressing({ press: 'corrections.unmark', gathering }, { people: ['m member'] })(town, who)
      return town.client.execute({ sql: "delete from arrivals where gathering = ? and member = 'm member'", args: [gathering] })
    },
  },
  { action: 'reopen', needs: ['reopenAttendance'], effect: { view: 'reopenForm' }, run: saying('/重开') },
  {
    action: 'reopen.submit',
    needs: ['reopenAttendance'],
    effect: { deed: 'gathering.reopen' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: "insert into closures values (?, 0, 'clock', 0, 0, 0, 0, 0)", args: [gathering] })
      await pressing({ press: 'reopen.submit', form: 'reopen' }, { gathering, reason: '漏记一人' })(town, who)
      return town.client.execute({ sql: 'delete from closures where gathering = ?', args: [gathering] })
    },
  },
  { action: 'score', needs: ['seeScore'], effect: { view: 'score' }, run: saying('考核') },
  { action: 'score', needs: ['seeOrder'], place: underCommittee, effect: { view: 'order' }, run: saying('考核', 'oc_first') },
  { action: 'meeting', needs: ['callGathering'], effect: { deed: 'gathering.call' }, run: saying('/会议 支委会 周五 15:00') },
  {
    action: 'call.submit',
    needs: ['callGathering'],
    effect: { deed: 'gathering.call' },
    run: (town, who) =>
      pressing({ press: 'call.submit', branch: 'home', gathering: town.newId() }, { kind: 'general', starts: '2026-10-20 15:00 +0800' })(
        town,
        who,
      ),
  },
  {
    action: 'host.mark',
    needs: ['markPresent'],
    effect: { deed: 'attendance.mark' },
    run: onMeeting('host.mark', 'general', { people: ['m member'] }),
  },
  {
    action: 'host.close',
    needs: ['closeGathering'],
    effect: { deed: 'gathering.close' },
    async run(town, who) {
      const gathering = await town.meeting('home')
      await town.client.execute({ sql: 'update gatherings set starts_at = starts_at - 3600000 where id = ?', args: [gathering] })
      return pressing({ press: 'host.close', gathering })(town, who)
    },
  },
  {
    action: 'digest.call',
    needs: ['answerAlert'],
    effect: { view: 'callForm' },
    run: pressing({ press: 'digest.call', branch: 'home', part: '12.committee' }),
  },
  { action: 'member', needs: ['addMember'], effect: { deed: 'roster.add' }, run: saying('/成员 添加', 'oc_home', true) },
  {
    action: 'member',
    needs: ['addMember', 'grantSeat'],
    effect: { deed: 'seat.grant' },
    run: saying('/成员 添加 正式 宣传委员', 'oc_home', true),
  },
  { action: 'roster', needs: ['importRoster'], effect: { view: 'rosterGuide' }, run: saying('/名单') },
  {
    action: 'roster.import',
    needs: ['importRoster'],
    effect: { deed: 'roster.add' },
    run: async (town, who) => pressing({ press: 'roster.import', draft: await draftIn(town) })(town, who),
  },
  // A name that their own unit does not know is a new branch there.
  {
    action: 'bind',
    needs: ['bindBranch'],
    place: (who) => (who.unit === 'far' ? ofNewBranch(who) : home),
    effect: { deed: 'chat.bind' },
    run: inNewChat('/绑定 支部 home'),
  },
  {
    action: 'bind',
    needs: ['makeBranch'],
    place: ofNewBranch,
    effect: { deed: 'chat.bind' },
    run: (town, who) => inNewChat(`/绑定 新支部 ${town.newId()}`)(town, who),
  },
  { action: 'bind', needs: ['bindCommittee'], place: underCommittee, effect: { deed: 'chat.bind' }, run: inNewChat('/绑定 党委 一分党委') },
  { action: 'bind.submit', needs: ['bindBranch'], effect: { deed: 'chat.bind' }, run: submitBind({ branch: 'home' }) },
  {
    action: 'bind.submit',
    needs: ['makeBranch'],
    place: ofNewBranch,
    effect: { deed: 'chat.bind' },
    run: (town, who) => submitBind({ name: `新支部 ${town.newId()}` })(town, who),
  },
]

/** A list of one new person, previewed for the branch `home`. */
async function draftIn(town: Town) {
  const [id, member] = [town.newId(), town.newId()]
  const person = {
    id: member,
    member: null,
    isNew: true,
    row: 2,
    name: '新人',
    facts: { name: '新人' },
    grant: [],
    vacate: [],
    candidates: [],
    changes: [],
  }
  const tally = { added: 1, changed: 0, same: 0, wrong: 0, failed: 0 }
  // An import by the one before, at this very moment, is not later than the preview.
  await together(town.db, [
    keepDraft(town.db, {
      id,
      file: id,
      branch: 'home',
      by: 'm secretary',
      madeAt: town.now(),
      tally,
      rows: { people: [person], wrong: [], notes: [] },
    }),
  ])
  return id
}

const offered = (command: string, town: Town) => ({ press: 'command.run', command, rest: '', isGroup: true, offer: town.newId() })

let town: Town
beforeAll(async () => {
  town = await aTown()
})

test('every command and every press names its rights, each is tried below, and no right is left over', () => {
  const named = [...commands, ...presses, runCommand].flatMap(({ name, rights }) => rights.map((right) => `${name} ${right}`))
  expect(cases.map(({ action, needs }) => `${action} ${needs.at(-1)}`).sort()).toEqual([...named].sort())
  expect([...new Set(named.map((one) => one.split(' ')[1]))].sort()).toEqual(Object.keys(rights).sort())
})

test.each(cases.map((one) => ({ ...one, name: `${one.action}: ${one.needs.join(' + ')}` })))(
  '$name is granted to exactly those whom the table names',
  async ({ run, needs, place, effect, ...one }) => {
    const granted: string[] = []
    for (const who of people) if (await hasEffect(effect, () => run(town, who))) granted.push(who.name)
    const isGranted = (who: Townsman) =>
      needs.every((right) => may(who.member ? who : null, right, place?.(who) ?? home)) && (one.if?.(who) ?? true)
    expect(granted).toEqual(people.filter(isGranted).map(({ name }) => name))
  },
)

/** Whether it did, or showed, what the right is for. Whoever is refused leaves nothing behind but the refusal. */
async function hasEffect(effect: Case['effect'], run: () => Promise<unknown>): Promise<boolean> {
  const [deeds, facts, views] = [await town.deeds(), await factsOf(), await viewsShown()]
  await run()
  const done =
    'deed' in effect
      ? (await town.deeds()).slice(deeds.length).includes(effect.deed)
      : (await viewsShown()).slice(views.length).includes(effect.view)
  const newViews = (await viewsShown()).slice(views.length)
  if (!done)
    expect({ deeds: (await town.deeds()).length, views: newViews.filter((view) => view !== 'say') }).toEqual({
      deeds: deeds.length,
      views: [],
    })
  if (!done)
    expect(await factsOf()).toMatchObject({
      ...facts,
      gatherings: expect.any(Number),
      gathering_branches: expect.any(Number),
      cancellations: expect.any(Number),
    })
  return done
}

const viewsShown = async () => (await town.client.execute('select view from outbox order by id')).rows.map(({ view }) => String(view))

async function factsOf() {
  const { deliveries: _claims, outbox: _messages, claim_codes: _codes, roster_drafts: _previews, ...facts } = await town.counts()
  return facts
}

test('a command behind a near miss asks its own right', async () => {
  const before = await town.deeds()
  for (const { openId, tenantKey } of people.filter(({ name }) => ['member', 'stranger', 'sibling secretary', 'far admin'].includes(name)))
    await town.presses(openId, { ...offered('meeting', town), rest: '支委会 周五 15:00' }, { chat: 'oc_home', tenantKey })
  expect(await town.deeds()).toEqual(before)
})
