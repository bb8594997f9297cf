import { beforeAll, expect, test } from 'vitest'
import { together } from '../db/client.ts'
import { vacate } from '../db/seats.ts'
import { aTown, type Town } from './harness/town.ts'

let town: Town
beforeAll(async () => {
  town = await aTown()
})

test('a role that is taken away is gone at the next press and the next word', async () => {
  const gathering = await town.meeting('home')
  const mark = (member: string) => town.presses('ou_deputy', { press: 'host.mark', gathering }, { form: { people: [member] } })
  expect((await mark('m member')).toast?.type).toBe('success')
  await together(town.db, [vacate(town.db, { member: 'm deputy', role: 'deputy', branch: 'home', at: town.now() })])
  expect((await mark('m probationer')).toast).toMatchObject({
    type: 'warning',
    content: expect.stringContaining('由支部书记、委员或管理员来办'),
  })
  const { answer } = await town.says('ou_deputy', '/会议 支委会 周五 15:00', { chat: 'oc_home' })
  expect((await answer())?.text).toContain('由支部书记、委员或管理员来办')
})

test('an id of another branch or unit is answered like one that does not exist, and changes nothing', async () => {
  const elsewhere = {
    gathering: [await town.meeting('sibling'), await town.meeting('cousin'), await town.meeting('abroad')],
    branch: ['sibling', 'cousin', 'abroad'],
  }
  const tries = [
    ...['gathering.checkIn', 'host.close'].map((press) => ({ press, key: 'gathering' as const, form: undefined })),
    { press: 'host.mark', key: 'gathering' as const, form: { people: ['m sibling member', 'm far secretary'] } },
    { press: 'call.submit', key: 'branch' as const, form: { kind: 'committee', starts: '2026-10-20 15:00' }, more: { gathering: 'g' } },
    { press: 'digest.call', key: 'branch' as const, form: undefined, more: { part: '12.general' } },
  ]
  const before = await town.counts()
  for (const { press, key, form, ...rest } of tries)
    for (const who of ['ou_secretary', 'ou_member', 'ou_stranger']) {
      const answerTo = (id: string) => town.presses(who, { press, [key]: id, ...('more' in rest ? rest.more : {}) }, { form })
      const notFound = await answerTo('nowhere')
      expect(notFound.toast?.type).toBe('warning')
      for (const id of elsewhere[key]) expect({ press, who, ...(await answerTo(id)) }).toEqual({ press, who, ...notFound })
    }
  expect(await town.counts()).toEqual(before)
})

test('people of another branch cannot be marked present by their ids', async () => {
  const gathering = await town.meeting('home')
  const { toast } = await town.presses(
    'ou_secretary',
    { press: 'host.mark', gathering },
    { form: { people: ['m sibling member', 'nobody'] } },
  )
  expect(toast?.type).toBe('warning')
  expect((await town.client.execute({ sql: 'select * from arrivals where gathering = ?', args: [gathering] })).rows).toEqual([])
})

test('a chat that belongs to another branch or committee cannot be bound away, but by who looks after both', async () => {
  const bind = async (openId: string, chat: string, name: string) => {
    const { answer } = await town.says(openId, `/绑定 ${name}`, { chat })
    return (await answer())?.text ?? ''
  }
  expect(await bind('ou_sibling_secretary', 'oc_home', '支部 sibling')).toContain('由支部书记')
  expect(await bind('ou_secretary', 'oc_first', '支部 home')).toContain('由支部书记')
  const form = { branch: 'sibling' }
  const pressed = await town.presses('ou_sibling_secretary', { press: 'bind.submit', chat: 'oc_home' }, { form, chat: 'oc_home' })
  expect(pressed.toast?.type).toBe('warning')
  expect(await bind('ou_assessor', 'oc_home', '支部 sibling')).toContain('已绑定到「支部 sibling」')
  expect(await bind('ou_assessor', 'oc_home', '支部 home')).toContain('已绑定到「支部 home」')
})

test('the order of a committee is not shown to another unit’s administrator who stands in its chat', async () => {
  const { answer } = await town.says('ou_far_admin', '考核', { chat: 'oc_first', tenantKey: 'tenant_elsewhere' })
  expect((await answer())?.view).toBe('say')
})
