import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { run } from '../../src/node-host.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, openId } from '../harness/branch.ts'
import { env, freePort, keys, SECRETARY, serveFeishu } from '../harness/host.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
]
const names = [...people.map(({ name }) => name), '路人']
const lines = [
  '签到',
  '帮助',
  '我的',
  '考核',
  '/会议 支委会 今天 15:00',
  '/会议 党员大会 明天 9:00',
  '/会仪',
  '/成员 添加',
  '/成员 添加 正式 副书记',
  '/绑定 第一支部',
  '乱说',
]
const times = ['09:00', '14:40', '15:10', '16:10', '23:00']

const step = fc.record({
  who: fc.constantFrom(...names),
  at: fc.nat(times.length - 1),
  does: fc.oneof(
    fc.record({ says: fc.constantFrom(...lines), mentions: fc.boolean() }),
    fc.record({ presses: fc.constantFrom('gathering.checkIn', 'host.close', 'host.mark', 'call.submit', 'bind.submit'), of: fc.nat(3) }),
  ),
  times: fc.integer({ min: 1, max: 3 }),
})

/** Each deed in the audit, and the facts it stands for. */
const accounts = `select
  (select count(*) from gatherings) - (select count(*) from audit where deed = 'gathering.call'),
  (select count(*) from closures) - (select count(*) from audit where deed = 'gathering.close'),
  (select count(*) from arrivals where way <> 'mark') - (select count(*) from audit where deed = 'attendance.checkIn'),
  (select count(*) from (select distinct gathering, "by", at from arrivals where way = 'mark')) - (select count(*) from audit where deed = 'attendance.mark'),
  (select count(*) from seats where id not like 's\\_%' escape '\\') - (select count(*) from audit where deed = 'seat.grant'),
  (select count(*) from members where id not like 'm\\_%' escape '\\') - (select count(distinct subject) from audit where deed = 'roster.add' and subject not like 'm\\_%' escape '\\')`

// T41: random deeds
test('each change of facts has its audit entry, and each entry one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const { store } = await aBranch(people)
      const app = anApp(store)
      for (const { who, at, does, times: copies } of [...steps].sort((a, b) => a.at - b.at)) {
        app.at('2026-10-08', times[at] ?? '09:00')
        const eventId = app.freshId()
        await Promise.all(Array.from({ length: copies }, () => act(who, does, eventId)))
      }
      const { rows } = await store.client.execute(accounts)
      expect(Array.from({ length: 6 }, (_, i) => rows[0]?.[i])).toEqual([0, 0, 0, 0, 0, 0])
      expect(app.logs).toEqual([])

      async function act(who: string, does: (typeof steps)[number]['does'], eventId: string) {
        if ('says' in does)
          return app.says(openId(who), does.says, { eventId, mentions: does.mentions ? [{ openId: 'ou_new', name: '新人' }] : [] })
        const { rows } = await store.client.execute('select id from gatherings order by rowid')
        const gathering = String(rows[does.of]?.id ?? `form${does.of}`)
        const value = { press: does.presses, gathering, branch: 'branch', chat: 'oc_branch' }
        const form = { people: ['m_赵敏', 'm_张伟'], kind: 'general', starts: '2026-10-08 15:30 +0800', name: '第一支部' }
        return app.presses(openId(who), value, { eventId, form })
      }
    }),
    { numRuns: 25 },
  )
})

// T40: a busy day
test('the log of a busy day names nobody and no secret', async () => {
  const port = await freePort()
  const side = await serveFeishu(() => `http://127.0.0.1:${port}`)
  const { feishu } = side
  const logs: string[] = []
  const config = readConfig({ ...env(side.url, ':memory:', port), ADMINS: SECRETARY })
  const running = await run(config, { clock: side.clock, log: (event) => void logs.push(JSON.stringify(event)) })
  try {
    side.at('2026-10-08', '09:00')
    feishu.addPerson('李华华', { openId: SECRETARY })
    const gone = feishu.addPerson('王芳芳').openId
    const group = feishu.addChat('第一支部群', [SECRETARY, gone], { chatId: 'oc_logs000000000000000000000000000' }).chatId
    await feishu.addBot(group, SECRETARY)
    for (const line of [
      '/绑定 第一支部',
      '/成员 添加 @李华华 书记',
      '/成员 添加 @王芳芳',
      '/会议 党员大会 今天 15:00 金丝雀礼堂',
      '乱说一气',
      '我的',
    ])
      await feishu.say(SECRETARY, group, `@支部 ${line}`)
    await feishu.say(gone, feishu.dm(gone), '签到')
    for (const body of ['{"a":1}', 'x', JSON.stringify({ encrypt: 'AAAA' })])
      await fetch(`http://127.0.0.1:${port}/lark/webhook`, { method: 'POST', body, headers: { 'x-lark-signature': 'x' } })
    await running.host.turn()
    side.at('2026-10-09', '09:00')
    await running.host.turn()
  } finally {
    await running.stop()
    await side.close()
  }
  const canaries = [
    ...Object.values(keys).filter((key) => key !== keys.appId),
    ...config.DATA_KEY,
    SECRETARY,
    '李华华',
    '王芳芳',
    'ou_',
    '金丝雀',
    '乱说',
  ]
  expect(logs.length).toBeGreaterThan(3)
  expect(canaries.filter((canary) => logs.some((line) => line.includes(canary)))).toEqual([])
})
