import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openRemote } from '../../db/store/remote.ts'
import { newId } from '../../src/app.ts'
import { render } from '../../src/bot.ts'
import { moment } from '../../src/calendar.ts'
import { roomCode } from '../../src/rules/gatherings/room-code.ts'
import { addressBook, pagesAt } from '../../src/web/address.ts'
import { aBranch, seeded } from '../harness/branch.ts'
import type { TestStore } from '../harness/database.ts'
import { dataKey } from '../harness/host.ts'
import { workerHost } from '../harness/worker.ts'

test('in workerd the same key makes pages and links, forgeries fail', async () => {
  const host = await workerHost()
  try {
    host.at('2026-10-09', '14:52')
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200)
    const store = openRemote({
      url: host.databaseUrl,
      fetch,
      wait: (ms, then) => {
        const set = setTimeout(then, ms)
        return () => clearTimeout(set)
      },
      random: randomBytes,
    })
    const branch = await aBranch([{ name: '李华', role: 'secretary' }, { name: '王芳' }], { store: store as unknown as TestStore })
    await branch.at('2026-10-08', '09:00').say('李华', '/会议 支委会 周五 15:00 三楼会议室 现场码')
    const subject = await branch.latestGathering()
    const secret = String((await store.client.execute('select room_secret from gatherings')).rows[0]?.[0])
    const pages = pagesAt(host.url, addressBook(dataKey), branch.db, () => newId(seeded(8)))
    const card = JSON.stringify(await render(branch.db, 'host', { subject }, moment('2026-10-09', '14:50'), pages))
    const [, url = ''] = /"default_url":"([^"]+)"/.exec(card) ?? []

    const response = await fetch(url)
    const page = await response.text()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page).toContain(`>${roomCode(secret, moment('2026-10-09', '14:52'))}<`)
    expect(await (await fetch(`${url}/now`)).json()).toMatchObject({ count: '0 / 1' })

    const [, link = ''] = /\/p\/(\w+)\./.exec(url) ?? []
    const forged = await fetch(host.url + addressBook(randomBytes(32).toString('base64')).path(link))
    expect([forged.status, await forged.text()]).toEqual([404, expect.stringContaining('这个链接打不开')])
  } finally {
    await host.stop()
  }
})
