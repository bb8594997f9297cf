import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { proposalsCardOf } from '../../cards/roster/proposals.ts'
import { openProposals, type Proposal } from '../../db/roster/proposals.ts'
import { day, moment } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { tick } from '../../src/clock/schedule.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, buttonsOf, openId, textOf } from '../harness/branch.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'deputy' as const },
  { name: '赵敏' },
  { name: '管理员', role: 'admin' as const, branch: null },
]
const GROUP = 'oc_branch'
const JOINED = 'im.chat.member.user.added_v1'
const LEFT = 'im.chat.member.user.deleted_v1'
const WITHDRAWN = 'im.chat.member.user.withdrawn_v1'

/** The branch behind its door on Thursday, 8 October 2026, at nine. The events of its chat come sealed and signed. */
async function aChat() {
  const { store } = await aBranch(people)
  const app = anApp(store)
  const { client } = store
  const rows = async (sql: string) => (await client.execute(sql)).rows
  const asked = async () =>
    (await rows("select occasion, to_id, due_at, args, state from outbox where view = 'proposals' and to_kind = 'person' order by id")).map(
      (row) => ({
        to: String(row.to_id),
        at: new Date(Number(row.due_at)),
        args: JSON.parse(String(row.args)),
        occasion: String(row.occasion),
      }),
    )

  /** Somebody comes or goes; `at` is the platform's own time of it. */
  const moves = (type: string, names: readonly (string | null)[], { chat = GROUP, at = app.now(), eventId = app.freshId() } = {}) =>
    app.deliver(
      type,
      {
        chat_id: chat,
        operator_id: { open_id: openId('李华') },
        users: names.map((name) => ({ name: name ?? '', tenant_key: 'tenant_test', user_id: { open_id: openId(name ?? '无名') } })),
      },
      { event_id: eventId, create_time: String(at.getTime()) },
    )
  const proposals = () => openProposals(store.db, 'branch')
  const card = async () => (await shownTo('李华')) as Card
  const shownTo = async (name: string) => {
    const { render } = await import('../../src/bot.ts')
    return render(store.db, 'proposals', { subject: 'proposals branch', branch: 'branch', person: openId(name) }, app.now())
  }
  const proposalOf = async (name: string) => (await proposals()).find((one) => one.name === name)?.id ?? ''
  const adds = async (who: string, name: string, stage = 'full') => {
    const proposal = await proposalOf(name)
    return app.presses(openId(who), { press: 'proposals.add', proposal }, { form: { [`stage_${proposal}`]: stage } })
  }
  const decides = async (who: string, name: string, decision: string) =>
    app.presses(openId(who), { press: 'proposals.decide', proposal: await proposalOf(name), decision })
  const member = async (name: string) =>
    (
      await client.execute({
        sql: 'select stage, branch, group_id, away_since, left_on from members where open_id = ? order by added_at desc',
        args: [openId(name)],
      })
    ).rows[0]
  return { ...app, client, rows, asked, moves, proposals, card, shownTo, proposalOf, adds, decides, member }
}

test('an unknown newcomer is proposed to the secretary ten minutes later', async () => {
  const { moves, asked, card, member, now } = await aChat()
  await moves(JOINED, ['钱进'])
  expect(await asked()).toMatchObject([{ to: openId('李华'), at: new Date(now().getTime() + 600_000) }])
  const text = textOf(await card())
  expect(text).toContain('**钱进** 进了群，不在名单上。')
  expect(text).toContain('**钱进** has joined the chat and is not on the roster.')
  expect(await member('钱进')).toBeUndefined()
})

test('who is on the branch’s roster already comes back without a word', async () => {
  const { moves, asked, proposals } = await aChat()
  await moves(JOINED, ['赵敏', '王芳'])
  expect([await asked(), await proposals()]).toEqual([[], []])
})

test('added with a stage, they are on the roster, card settled', async () => {
  const { moves, adds, member, deeds, presses, proposalOf } = await aChat()
  await moves(JOINED, ['钱进'])
  const proposal = await proposalOf('钱进')
  const without = await presses(openId('李华'), { press: 'proposals.add', proposal }, { form: {} })
  expect(without.toast?.content).toContain('请先选阶段')
  const { toast, card } = await adds('李华', '钱进', 'probationer')
  expect(toast?.content).toContain('已加入名单')
  expect(textOf(card?.data as Card)).toContain('都办好了')
  expect(await member('钱进')).toMatchObject({ stage: 'probationer', branch: 'branch' })
  expect(await deeds()).toEqual(['roster.add', 'proposal.add'])
  const again = await presses(openId('李华'), { press: 'proposals.add', proposal }, { form: { [`stage_${proposal}`]: 'full' } })
  expect(again.toast?.type).toBe('info')
  expect(await member('钱进')).toMatchObject({ stage: 'probationer' })
  expect(await deeds()).toHaveLength(2)
})

test('one unconnected namesake is offered to be connected, two are not', async () => {
  const { moves, decides, rows, card, client } = await aChat()
  await client.executeMultiple(`
    insert into members (id, unit, branch, name, stage, joined_on, added_at) values ('m1', 'unit', 'branch', '钱进', 'full', '2026-01-01', 0),
      ('m2', 'unit', 'branch', '孙立', 'full', '2026-01-01', 0), ('m3', 'unit', 'branch', '孙立', 'full', '2026-01-01', 1)`)
  await moves(JOINED, ['钱进', '孙立'])
  expect(buttonsOf(await card()).filter(({ decision }) => decision === 'connected')).toHaveLength(1)
  expect((await decides('李华', '孙立', 'connected')).toast?.type).toBe('info')
  expect((await decides('李华', '钱进', 'connected')).toast?.content).toContain('已连上')
  expect(await rows("select open_id from members where id = 'm1'")).toMatchObject([{ open_id: openId('钱进') }])
  expect(await rows("select count(*) as n from members where name = '钱进'")).toMatchObject([{ n: 1 }])
})

test('somebody of another branch is only noted', async () => {
  const { moves, adds, decides, card, client, member, proposals } = await aChat()
  await client.executeMultiple(`
    insert into branches (id, unit, committee, name, since) values ('other', 'unit', 'committee', '第二支部', '2026-10-01');
    insert into members (id, unit, branch, open_id, name, stage, joined_on, added_at) values ('m1', 'unit', 'other', '${openId('钱进')}', '钱进', 'full', '2026-01-01', 0)`)
  await moves(JOINED, ['钱进'])
  expect(textOf(await card())).toContain('在别的支部的名单上')
  expect(textOf(await card())).not.toContain('第二支部')
  expect((await adds('李华', '钱进')).toast?.type).toBe('info')
  expect((await decides('李华', '钱进', 'ignored')).toast).toMatchObject({ type: 'success', content: '好的，名单不变。' })
  expect(await member('钱进')).toMatchObject({ branch: 'other' })
  expect(await proposals()).toEqual([])
})

test('an unwanted person is asked about only when they come again', async () => {
  const { moves, decides, proposals, at, now } = await aChat()
  await moves(JOINED, ['钱进'])
  await decides('李华', '钱进', 'ignored')
  expect(await proposals()).toEqual([])
  await moves(JOINED, ['钱进'], { at: new Date(now().getTime() - 60_000) })
  expect(await proposals()).toEqual([])
  at('2026-10-09', '09:00')
  await moves(LEFT, ['钱进'])
  await moves(JOINED, ['钱进'], { at: new Date(now().getTime()) })
  expect(await proposals()).toMatchObject([{ name: '钱进', what: 'joined' }])
})

describe('who leaves the chat and is on the roster', () => {
  test.each([
    ['removed', { branch: 'branch', left_on: '2026-10-08' }, ['roster.remove', 'proposal.remove']],
    ['away', { branch: 'branch', left_on: null, away_since: '2026-10-08' }, ['member.away', 'proposal.away']],
    ['kept', { branch: 'branch', left_on: null, away_since: null }, ['proposal.keep']],
  ])('is %s as the secretary decides, and nothing happens before', async (decision, after, done) => {
    const { moves, decides, member, card, deeds, proposals } = await aChat()
    await moves(LEFT, ['赵敏'])
    expect(textOf(await card())).toContain('**赵敏** 离开了群，还在名单上。')
    expect(await member('赵敏')).toMatchObject({ left_on: null, away_since: null })
    expect((await decides('李华', '赵敏', decision)).toast?.type).toBe('success')
    expect(await member('赵敏')).toMatchObject(after)
    expect(await deeds()).toEqual(done)
    expect(await proposals()).toEqual([])
  })

  test('a secretary is removed by their appointer, and the last stays', async () => {
    const { moves, decides, client, member } = await aChat()
    await client.execute("insert into seats (id, member, role, branch, from_at) values ('s2', 'm_赵敏', 'secretary', 'branch', 0)")
    await moves(LEFT, ['赵敏', '李华'])
    expect((await decides('李华', '赵敏', 'removed')).toast?.content).toContain('不归你办')
    expect(await member('赵敏')).toMatchObject({ left_on: null })
    await client.execute("insert into seats (id, member, role, committee, from_at) values ('s3', 'm_王芳', 'assessor', 'committee', 0)")
    expect((await decides('王芳', '赵敏', 'removed')).toast?.type).toBe('success')
    expect((await decides('王芳', '李华', 'removed')).toast?.content).toContain('请先任命新书记')
    expect([await member('赵敏'), await member('李华')]).toMatchObject([{ left_on: '2026-10-08' }, { left_on: null }])
  })

  test('tells of the ending seats, and is undone within the day', async () => {
    const { moves, decides, rows, presses, member, deeds, at, card } = await aChat()
    await moves(LEFT, ['王芳', '赵敏'])
    await moves(JOINED, ['钱进'])
    const removed = await decides('李华', '王芳', 'removed')
    expect(await rows("select to_id from outbox where view = 'seatTold'")).toMatchObject([{ to_id: openId('王芳') }])
    const undo = buttonsOf(removed.card?.data as Card).find(({ press }) => press === 'proposals.undo')
    expect(textOf(removed.card?.data as Card)).toContain('撤销移出：王芳')
    const undone = await presses(openId('李华'), undo ?? {})
    expect(undone.toast?.content).toContain('已撤销，恢复原样')
    expect(textOf(undone.card?.data as Card)).toContain('赵敏')
    expect(await member('王芳')).toMatchObject({ left_on: null, branch: 'branch' })
    expect(await rows("select role from seats where member = 'm_王芳' and until_at is null")).toMatchObject([{ role: 'deputy' }])
    expect(await deeds()).toEqual(['roster.remove', 'proposal.remove', 'member.undo'])
    expect((await presses(openId('李华'), undo ?? {})).toast?.type).toBe('info')

    await decides('李华', '赵敏', 'removed')
    expect(buttonsOf(await card()).map(({ press }) => press)).toContain('proposals.undo')
    at('2026-10-09', '09:00')
    expect(buttonsOf(await card()).map(({ press }) => press)).not.toContain('proposals.undo')
  })

  test('a departed secretary’s own leaving goes to the deputy', async () => {
    const { moves, asked, shownTo, card } = await aChat()
    await moves(LEFT, ['李华'])
    expect(await asked()).toMatchObject([{ to: openId('王芳') }])
    expect(textOf((await shownTo('王芳')) as Card)).toContain('**李华** 离开了群')
    await moves(LEFT, ['赵敏'])
    expect(textOf(await card())).not.toContain('**李华**')
  })

  test('a withdrawn invitation of somebody unknown asks nothing', async () => {
    const { moves, asked, proposals } = await aChat()
    await moves(WITHDRAWN, ['钱进'])
    expect([await asked(), await proposals()]).toEqual([[], []])
  })

  test('a seated person is removed only by who may end seats', async () => {
    const { moves, decides, member } = await aChat()
    await moves(LEFT, ['赵敏', '李华'])
    expect((await decides('王芳', '赵敏', 'removed')).toast?.content).toContain('不归你办')
    expect((await decides('赵敏', '赵敏', 'kept')).toast?.content).toContain('不归你办')
    expect((await decides('李华', '李华', 'removed')).toast?.content).toContain('不能移除自己')
    expect((await decides('管理员', '李华', 'kept')).toast?.type).toBe('success')
    expect((await decides('王芳', '赵敏', 'kept')).toast?.type).toBe('success')
    expect(await member('赵敏')).toMatchObject({ left_on: null })
  })

  test('somebody away or in another branch chat is not asked about', async () => {
    const { moves, proposals, client, now } = await aChat()
    await client.executeMultiple(`
      update members set away_since = '2026-09-01' where id = 'm_王芳';
      insert into chats (chat_id, unit, branch, bound_by, bound_at) values ('oc_second', 'unit', 'branch', 'test', 0)`)
    await moves(JOINED, ['赵敏'], { chat: 'oc_second', at: new Date(now().getTime() - 1_000) })
    await moves(LEFT, ['王芳', '赵敏'])
    expect(await proposals()).toEqual([])
    await moves(LEFT, ['赵敏'], { chat: 'oc_second' })
    expect(await proposals()).toMatchObject([{ name: '赵敏', what: 'left' }])
  })
})

test('leaving again before a decision withdraws the proposal, and vice versa', async () => {
  const { moves, proposals, now } = await aChat()
  const later = (s: number) => new Date(now().getTime() - 60_000 + s * 1_000)
  await moves(JOINED, ['钱进'], { at: later(1) })
  await moves(LEFT, ['赵敏'], { at: later(2) })
  expect((await proposals()).map(({ name }) => name)).toEqual(['钱进', '赵敏'])
  await moves(LEFT, ['钱进'], { at: later(3) })
  await moves(JOINED, ['赵敏'], { at: later(4) })
  expect(await proposals()).toEqual([])
})

// T16: any order and repetition of comings and goings
test('any order and repetition of events proposes the same', async () => {
  const told = [
    { type: JOINED, names: ['钱进'], s: 1, eventId: 'e1' },
    { type: LEFT, names: ['钱进', '赵敏'], s: 2, eventId: 'e2' },
    { type: JOINED, names: ['钱进', '赵敏'], s: 3, eventId: 'e3' },
    { type: LEFT, names: ['赵敏'], s: 4, eventId: 'e4' },
    { type: JOINED, names: ['孙立'], s: 5, eventId: 'e5' },
    { type: WITHDRAWN, names: ['孙立'], s: 6, eventId: 'e6' },
  ]
  const orders = fc.shuffledSubarray([...told, ...told.slice(0, 4)], { minLength: 10, maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      const { moves, proposals, now } = await aChat()
      for (const { type, names, s, eventId } of order)
        await moves(type, names, { at: new Date(now().getTime() - 60_000 + s * 1_000), eventId: `${eventId} order` })
      expect((await proposals()).map(({ name, what }) => `${name} ${what}`).sort()).toEqual(['赵敏 left', '钱进 joined'])
    }),
    { numRuns: 25 },
  )
})

test('a copy of an event after a decision changes nothing', async () => {
  const { moves, decides, proposals, counts } = await aChat()
  await moves(JOINED, ['钱进'], { eventId: 'once' })
  await decides('李华', '钱进', 'ignored')
  const before = await counts()
  await moves(JOINED, ['钱进'], { eventId: 'once' })
  expect([await proposals(), await counts()]).toEqual([[], before])
})

test.each(['kept', 'away', 'removed'])('two who decide at once that somebody is %s decide once', async (decision) => {
  const { moves, proposalOf, presses, deeds } = await aChat()
  await moves(LEFT, ['赵敏'])
  const proposal = await proposalOf('赵敏')
  const press = { press: 'proposals.decide', proposal, decision }
  const answers = await Promise.all(['李华', '管理员', '李华'].map((who) => presses(openId(who), press)))
  expect(answers.filter(({ toast }) => toast?.type === 'success')).toHaveLength(1)
  expect((await deeds()).filter((deed) => deed.startsWith('proposal.'))).toHaveLength(1)
})

test('two who add the same person at the same moment add one', async () => {
  const { moves, proposalOf, presses, deeds, rows } = await aChat()
  await moves(JOINED, ['钱进'])
  const proposal = await proposalOf('钱进')
  const add = (who: string, stage: string) =>
    presses(openId(who), { press: 'proposals.add', proposal }, { form: { [`stage_${proposal}`]: stage } })
  await Promise.all([add('李华', 'full'), add('王芳', 'applicant')])
  expect((await deeds()).sort()).toEqual(['proposal.add', 'roster.add'])
  expect(await rows("select count(*) as n from members where name = '钱进'")).toMatchObject([{ n: 1 }])
})

describe('the secretary is asked', () => {
  test('once about thirty who come together, on one card that fits', async () => {
    const { moves, asked, card } = await aChat()
    for (let i = 0; i < 30; i++) await moves(JOINED, [`新人${i}`])
    expect(await asked()).toHaveLength(1)
    const text = textOf(await card())
    expect(text).toContain('名单变动：30 人')
    expect(text).toMatch(/还有 \d+ 人，办完这些再列出/)
  })

  test.each([
    ['in the night', '2026-10-08', '22:00', '2026-10-09', '08:00'],
    ['before quiet hours begin', '2026-10-08', '20:55', '2026-10-09', '08:00'],
    ['in the National Day week', '2026-10-03', '10:00', '2026-10-08', '08:00'],
    ['on a Saturday that is worked', '2026-10-10', '10:00', '2026-10-10', '10:10'],
  ])('%s only when a message is welcome', async (_when, on, time, dueOn, dueTime) => {
    const { moves, asked, at } = await aChat()
    at(on, time)
    await moves(JOINED, ['钱进'])
    expect((await asked()).map((one) => one.at)).toEqual([moment(dueOn, dueTime)])
  })

  test('a new message a day at most; later ones next day', async () => {
    const { moves, asked, at, client } = await aChat()
    await moves(JOINED, ['钱进'])
    await client.execute("update outbox set state = 'sent' where view = 'proposals'")
    at('2026-10-08', '15:00')
    await moves(JOINED, ['孙立'])
    await moves(JOINED, ['周全'])
    expect((await asked()).map((one) => day(one.at))).toEqual(['2026-10-08', '2026-10-09'])
    expect((await asked())[1]?.at.getTime()).toBeGreaterThanOrEqual(moment('2026-10-09', '09:00').getTime())
  })

  test('again the same day when there had been nothing to say', async () => {
    const { moves, asked, at, client, shownTo } = await aChat()
    await moves(JOINED, ['钱进'])
    at('2026-10-08', '09:05')
    await moves(LEFT, ['钱进'])
    expect(await shownTo('李华')).toBeNull()
    await client.execute("update outbox set state = 'moot' where view = 'proposals'")
    at('2026-10-08', '11:00')
    await moves(JOINED, ['孙立'])
    expect((await asked()).map((one) => one.at)).toEqual([moment('2026-10-08', '09:10'), moment('2026-10-08', '11:10')])
  })

  test('through the deputy without a secretary, and former ones see nothing', async () => {
    const { moves, asked, client, shownTo } = await aChat()
    await client.execute("update seats set until_at = 1 where id = 's_李华'")
    await moves(JOINED, ['钱进'])
    expect((await asked()).map(({ to }) => to)).toEqual([openId('王芳')])
    expect(await shownTo('李华')).toBeNull()
    expect(textOf((await shownTo('王芳')) as Card)).toContain('钱进')
  })

  describe('and where there is neither secretary nor deputy', () => {
    async function unled() {
      const chat = await aChat()
      await chat.client.executeMultiple(`
        update seats set until_at = 1 where id in ('s_李华', 's_王芳');
        insert into committees (id, unit, parent, name) values ('below', 'unit', 'committee', '分党委');
        update branches set committee = 'below';
        insert into members (id, unit, open_id, name, joined_on, added_at) values ('m_up', 'unit', '${openId('孙岩')}', '孙岩', '2020-01-01', 0),
          ('m_up2', 'unit', '${openId('章程')}', '章程', '2020-01-01', 0);
        insert into seats (id, member, role, committee, from_at) values ('up', 'm_up', 'assessor', 'committee', 0), ('up2', 'm_up2', 'assessor', 'committee', 0);`)
      return chat
    }

    test('the nearest committee’s assessors can decide, and hear why', async () => {
      const { moves, asked, shownTo, adds, decides, member } = await unled()
      await moves(JOINED, ['钱进'])
      await moves(LEFT, ['赵敏'])
      expect((await asked()).map(({ to }) => to).sort()).toEqual([openId('孙岩'), openId('章程')].sort())
      const text = textOf((await shownTo('孙岩')) as Card)
      expect(text).toContain('**钱进** 进了群')
      expect(text).toContain('支部现在没有书记、副书记，所以请上级定')
      expect([await shownTo('李华'), await shownTo('赵敏')]).toEqual([null, null])
      expect((await adds('孙岩', '钱进')).toast?.content).toContain('已加入名单')
      expect((await decides('章程', '赵敏', 'removed')).toast?.type).toBe('success')
      expect([await member('钱进'), await member('赵敏')]).toMatchObject([{ branch: 'branch' }, { left_on: '2026-10-08' }])
    })

    test('nearer assessors go first, and stop when there is a secretary', async () => {
      const { moves, asked, shownTo, client, card } = await unled()
      await client.execute("update seats set committee = 'below' where id = 'up2'")
      await moves(JOINED, ['钱进'])
      expect((await asked()).map(({ to }) => to)).toEqual([openId('章程')])
      expect(await shownTo('孙岩')).toBeNull()
      await client.execute("update seats set until_at = null where id = 's_李华'")
      expect(await shownTo('章程')).toBeNull()
      expect(textOf(await card())).not.toContain('所以请上级定')
    })

    test('the only secretary’s leaving is asked of the committee above', async () => {
      const { moves, asked, shownTo, client } = await unled()
      await client.execute("update seats set until_at = null where id = 's_李华'")
      await moves(LEFT, ['李华'])
      expect((await asked()).map(({ to }) => to).sort()).toEqual([openId('孙岩'), openId('章程')].sort())
      expect(textOf((await shownTo('孙岩')) as Card)).toContain('**李华** 离开了群')
      expect(await shownTo('李华')).toBeNull()
    })
  })

  test('unbound chats are neither asked about nor traced', async () => {
    const { moves, rows, client } = await aChat()
    await client.execute(
      "insert into chats (chat_id, unit, committee, bound_by, bound_at) values ('oc_committee', 'unit', 'committee', 'test', 0)",
    )
    await moves(JOINED, ['钱进'], { chat: 'oc_strange' })
    await moves(JOINED, ['钱进'], { chat: 'oc_committee' })
    await client.execute("insert into chats (chat_id, unit, branch, bound_by, bound_at) values ('oc_later', 'unit', 'branch', 'test', 0)")
    expect(await rows('select * from roster_proposals')).toEqual([])
  })
})

test('a standing card is updated when people come and go', async () => {
  const { moves, rows, client } = await aChat()
  await client.execute(
    `insert into posts values ('om_1', 'person:${openId('李华')}', 'proposals', 'proposals branch', '{"subject":"proposals branch","branch":"branch","person":"${openId('李华')}"}', ${moment('2026-10-08', '08:00').getTime()})`,
  )
  await moves(JOINED, ['钱进'])
  expect(await rows("select to_kind, to_id from outbox where occasion = 'refresh om_1'")).toMatchObject([
    { to_kind: 'card', to_id: 'om_1' },
  ])
})

test('the headcount of a called meeting follows the roster', async () => {
  const { moves, adds, decides, rows, client, says } = await aChat()
  await says(openId('李华'), '/会议 党员大会 今天 15:00')
  const [meeting] = await rows('select id from gatherings')
  const posted = `insert into posts values ('om_2', 'chat:oc_branch', 'gathering', '${meeting?.id}', '{"subject":"${meeting?.id}"}', ${moment('2026-10-08', '08:59').getTime()})`
  await client.execute(posted)
  const refreshes = async () => Number((await rows("select version from outbox where occasion = 'refresh om_2'"))[0]?.version ?? 0)
  await moves(JOINED, ['钱进'])
  await moves(LEFT, ['赵敏', '王芳'])
  expect(await refreshes()).toBe(0)
  await adds('李华', '钱进')
  expect(await refreshes()).toBe(1)
  await decides('李华', '赵敏', 'away')
  expect(await refreshes()).toBe(2)
  await decides('李华', '王芳', 'removed')
  expect(await refreshes()).toBe(3)
})

test('a group’s own chat proposes with the group, and asks its people', async () => {
  const { moves, adds, member, client, proposals, now } = await aChat()
  await client.executeMultiple(`
    insert into groups (id, branch, name) values ('g1', 'branch', '第一党小组'), ('g2', 'branch', '第二党小组');
    insert into chats (chat_id, unit, group_id, bound_by, bound_at) values ('oc_g1', 'unit', 'g1', 'test', 0);
    update members set group_id = 'g2' where id = 'm_赵敏'`)
  await moves(JOINED, ['钱进'], { chat: 'oc_g1', at: new Date(now().getTime() - 5_000) })
  await adds('李华', '钱进')
  expect(await member('钱进')).toMatchObject({ branch: 'branch', group_id: 'g1' })
  await moves(LEFT, ['赵敏', '钱进'], { chat: 'oc_g1' })
  expect((await proposals()).map(({ name }) => name)).toEqual(['钱进'])
})

test('a nameless person shows as such, and by name later', async () => {
  const { moves, card, now } = await aChat()
  await moves(JOINED, [null], { at: new Date(now().getTime() - 2_000) })
  expect(textOf(await card())).toContain('未显示姓名的用户')
  expect(textOf(await card())).toContain('A user whose name is not shown')
})

test('the bot that is added is no person', async () => {
  const { deliver, rows } = await aChat()
  await deliver('im.chat.member.bot.added_v1', { chat_id: GROUP, operator_id: { open_id: openId('李华') }, name: '支部' })
  expect(await rows('select * from roster_proposals')).toEqual([])
})

test('another tenant’s people are nobody’s proposal', async () => {
  const { deliver, rows } = await aChat()
  const users = [{ name: '钱进', user_id: { open_id: openId('钱进') } }]
  await deliver(JOINED, { chat_id: GROUP, users }, { tenant_key: 'tenant_elsewhere' })
  expect(await rows('select * from roster_proposals')).toEqual([])
})

test('after a month the settled is forgotten, the open is not', async () => {
  const { moves, decides, rows, db, at } = await aChat()
  await moves(JOINED, ['钱进', '孙立', '赵敏'])
  await decides('李华', '钱进', 'ignored')
  at('2026-11-20', '09:00')
  await tick(db, moment('2026-11-20', '09:00'), () => {})
  expect(await rows('select name from roster_proposals')).toMatchObject([{ name: '孙立' }])
})

/** A card holds 200 objects with a tag. */
const elements = (card: Card) => [...JSON.stringify(card).matchAll(/"tag":/g)].length

test('however many come, the card fits 30,000 bytes and 200 elements', () => {
  const bytes = (card: Card) =>
    Buffer.byteLength(JSON.stringify({ receive_id: 'o'.repeat(40), content: JSON.stringify(card), uuid: 'u'.repeat(50) }))
  for (const name of ['欧阳娜娜', '😀'.repeat(30), '"\\'.repeat(15), '**<at>'.repeat(5)])
    for (const some of [
      { what: 'joined' as const, namesake: 'm' },
      { what: 'left' as const, home: 'branch' },
      { what: 'joined' as const, home: 'other' },
    ]) {
      const one: Proposal = {
        id: 'p'.padEnd(20, 'x'),
        unit: 'unit',
        branch: 'branch',
        branchName: name,
        lineage: [],
        group: 'g',
        groupName: name,
        openId: 'ou',
        name,
        decision: null,
        member: null,
        home: null,
        isAway: false,
        memberGroup: null,
        namesake: null,
        former: null,
        isElsewhereInBranch: false,
        isBound: true,
        ...some,
      }
      const open = Array.from({ length: 60 }, (_, i) => ({ ...one, id: `p${i}`.padEnd(20, 'x') }))
      const gone = Array.from({ length: 9 }, (_, i) => ({ id: `m${i}`.padEnd(40, 'x'), name, change: `c${i}`.padEnd(40, 'x') }))
      expect(bytes(proposalsCardOf(name, open, gone))).toBeLessThan(30_000)
      expect(elements(proposalsCardOf(name, open, gone))).toBeLessThanOrEqual(200)
      expect(buttonsOf(proposalsCardOf(name, open.slice(0, 5))).length).toBeGreaterThanOrEqual(5)
    }
})
