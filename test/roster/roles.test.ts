import { expect, test } from 'vitest'
import type { Card } from '../../src/card.ts'
import { buttonsOf, textOf } from '../harness/branch.ts'
import { aTown } from '../harness/town.ts'

async function inTown() {
  const town = await aTown()
  const { client } = town
  const holders = async (role: string) =>
    (
      await client.execute({
        sql: "select m.name || coalesce(' of ' || s.committee, '') as held from seats s join members m on m.id = s.member where s.role = ? and s.until_at is null and m.unit = 'unit' order by held",
        args: [role],
      })
    ).rows.map(({ held }) => String(held))
  const say = async (who: string, text: string, more: object = {}) =>
    (await (await town.says(`ou_${who}`, text, { chat: 'oc_first', ...more })).answer())?.text
  const named = (name: string) => ({ mentions: [{ openId: `ou_${name}`, name }] })
  const press = (who: string, value: object, form?: object) => town.presses(`ou_${who}`, value, { form, chat: `oc_dm_${who}` })
  const told = async (openId: string) =>
    (await client.execute({ sql: "select count(*) as n from outbox where view = 'seatTold' and to_id = ?", args: [openId] })).rows[0]?.n
  return { ...town, holders, say, named, press, told }
}

const all = ['assessor elsewhere of second', 'assessor of first', 'top assessor of top']

test('in a committee’s chat @ grants and revokes an assessor', async () => {
  const { say, named, holders, told, deeds } = await inTown()
  expect(await say('member', '考核', { chat: 'oc_first' })).toContain('这件事不归你办')
  expect(await say('assessor', '/授权 考核人', named('member'))).toContain('已授予member')
  expect(await holders('assessor')).toContain('member of first')
  expect(await say('member', '考核', { chat: 'oc_first' })).not.toContain('这件事不归你办')
  expect(await say('assessor', '/roles assessor', named('member'))).toContain('已经有这项授权')
  expect(await say('assessor', '/授权 收回 考核人', named('member'))).toContain('已收回member的授权')
  expect(await say('assessor', '/授权 收回 考核人', named('member'))).toContain('没有这项授权')
  expect(await holders('assessor')).toEqual(all)
  expect(await told('ou_member')).toBe(1)
  expect(await deeds()).toEqual(['seat.grant', 'seat.vacate'])
})

test('somebody on no roster becomes known to the unit by being named', async () => {
  const { say, named, holders, client } = await inTown()
  expect(await say('admin', '/授权 考核人', named('stranger'))).toContain('已授予stranger')
  expect(await holders('assessor')).toContain('stranger of first')
  expect((await client.execute("select branch, stage from members where open_id = 'ou_stranger'")).rows).toMatchObject([
    { branch: null, stage: null },
  ])
})

test('the unentitled are refused; wrong words get an example', async () => {
  const { say, named, holders } = await inTown()
  for (const who of ['secretary', 'member', 'assessor_elsewhere', 'sibling_secretary'])
    expect(await say(who, '/授权 考核人', named('member'))).toContain('这件事不归你办')
  expect(await say('assessor', '/授权 管理员', named('member'))).toContain('这件事不归你办')
  expect(await say('assessor', '/授权', named('member'))).toContain('/授权 考核人 @')
  expect(await say('assessor', '/授权 考核人')).toContain('/授权 考核人 @')
  expect(await say('admin', '/授权', { chat: 'oc_home' })).toContain('请在党委的群里说')
  expect([await holders('assessor'), await holders('admin')]).toEqual([all, ['admin']])
})

test('the card lists assessors and administrators, grants and revokes', async () => {
  const { press, holders, client, shown } = await inTownWithCard()
  expect(await shown('top_assessor')).toMatch(/\*\*党委\*\* 考核人：top assessor.*一分党委\*\* 考核人：assessor.*二分党委/s)
  expect(await shown('assessor')).not.toContain('二分党委')

  const found = await press('assessor', { press: 'roles.find', committee: 'first' }, { office: 'first', name: 'sibling' })
  const card = found.card?.data as Card
  expect(textOf(card)).toContain('sibling member（支部 sibling）')
  const [grant] = buttonsOf(card)
  expect((await press('assessor', grant ?? {}, { person: 'm sibling member' })).toast?.content).toContain('已授予sibling member')
  expect(await holders('assessor')).toContain('sibling member of first')
  const seat = (await client.execute("select id from seats where member = 'm sibling member'")).rows[0]?.id
  expect((await press('assessor', { press: 'roles.revoke', committee: 'first' }, { seat })).toast?.content).toContain('已收回')
  expect((await press('assessor', { press: 'roles.revoke', committee: 'first' }, { seat })).toast?.content).toContain('已经收回了')
  expect(await holders('assessor')).toEqual(all)
})

test('an assessor gives no other committee’s or administrator’s seats', async () => {
  const { press, holders, client } = await inTown()
  const before = await client.execute('select * from seats')
  const toasts = [
    await press('assessor', { press: 'roles.grant', scope: 'first', role: 'assessor', committee: 'second' }, { person: 'm member' }),
    await press('assessor', { press: 'roles.grant', scope: 'first', role: 'assessor', committee: 'top' }, { person: 'm member' }),
    await press('assessor', { press: 'roles.grant', scope: 'first', role: 'admin', committee: 'first' }, { person: 'm member' }),
    await press('assessor', { press: 'roles.grant', scope: 'first', role: 'assessor', committee: 'first' }, { person: 'm far secretary' }),
    await press('assessor', { press: 'roles.revoke', committee: 'first' }, { seat: 's0 admin' }),
    await press('assessor', { press: 'roles.revoke', committee: 'first' }, { seat: 's0 top assessor' }),
    await press('assessor', { press: 'roles.open', committee: null }),
    await press('admin', { press: 'roles.open', committee: 'farTop' }),
    await press('admin', { press: 'roles.grant', scope: null, role: 'assessor', committee: 'farTop' }, { person: 'm member' }),
    await press('admin', { press: 'roles.revoke', committee: null }, { seat: 's0 far admin' }),
  ]
  expect(toasts.map(({ toast }) => toast?.type)).toEqual([...Array(9).fill('warning'), 'info'])
  expect((await client.execute('select * from seats')).rows).toEqual(before.rows)
  expect(await holders('admin')).toEqual(['admin'])
})

test('the last administrator and a committee’s last seat stay', async () => {
  const { press, holders, say, named } = await inTown()
  const revoke = (who: string, seat: string, committee: string | null = null) => press(who, { press: 'roles.revoke', committee }, { seat })
  expect((await revoke('admin', 's0 admin')).toast?.content).toContain('最后一位管理员')
  expect((await revoke('assessor', 's0 assessor', 'first')).toast?.content).toContain('最后一位考核人')
  expect((await revoke('top_assessor', 's0 assessor', 'first')).toast?.content).toContain('已收回')

  await say('admin', '/授权 管理员', named('member'))
  const seats = (await holders('admin')).length
  expect(seats).toBe(2)
  await Promise.all([say('admin', '/授权 收回 管理员', named('member')), say('member', '/授权 收回 管理员', named('admin'))])
  expect(await holders('admin')).toHaveLength(1)
})

async function inTownWithCard() {
  const town = await inTown()
  /** The text of the card in the direct chat. */
  const shown = async (who: string) => {
    const opened = await town.press(who, { press: 'roles.open', committee: who === 'assessor' ? 'first' : 'top' })
    return textOf(opened.card?.data as Card)
  }
  return { ...town, shown }
}
