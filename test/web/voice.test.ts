import { expect, test } from 'vitest'
import { anApp } from '../harness/app.ts'
import { aSpeakingBranch } from '../voices/company.ts'

/** The page of codes, asked as a browser does. */
async function thePage() {
  const it = await aSpeakingBranch()
  const { app, logs } = anApp(it.store)
  const asks = async (filled?: Record<string, string>, query = '') => {
    const body = filled && new URLSearchParams(filled).toString()
    const headers = body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) } : {}
    const response = await app.fetch(
      new Request(`http://bot/voice${query}`, { method: body ? 'POST' : 'GET', headers, ...(body ? { body } : {}) }),
    )
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  return { it, asks, logs }
}

test('the author reads the answer and says whether it is solved', async () => {
  const { it, asks } = await thePage()
  const { code } = await it.speaks('王芳', { words: '灯坏了<b>' })
  expect((await asks()).text).toContain('凭代码看答复')
  const open = await asks({ code })
  expect(open.text).toContain('灯坏了&lt;b&gt;')
  expect(open.text).not.toContain('name="solved"')
  const [voice = ''] = await it.waiting('李华')
  await it.answers('李华', voice, { words: '换好了' })
  const answered = await asks({ code: code.toLowerCase() }, '?lang=en')
  expect(answered.text).toContain('换好了')
  expect(answered.text).toContain('Adopted')
  expect((await asks({ code, solved: '0' })).text).toContain('转回去再办')
  expect(await it.waiting('李华')).toEqual([voice])
  expect(await it.count('voice_feelings')).toBe(1)
})

test('a wrong code, a wrong form and a large one say nothing', async () => {
  const { it, asks, logs } = await thePage()
  await it.speaks('王芳', { words: '灯坏了' })
  for (const code of ['AAAA-BBBB-CCCC', '', 'x'.repeat(100)]) {
    const { text, status } = await asks({ code })
    expect(status).toBe(200)
    expect(text).toContain('没有这个代码')
    expect(text).not.toContain('灯坏了')
  }
  expect((await asks({ code: 'x'.repeat(70_000) })).status).toBe(400)
  expect(logs).toEqual([])
})

test('the answer stands in no cache, and reading writes nothing', async () => {
  const { it, asks } = await thePage()
  const { code } = await it.speaks('王芳')
  const before = await it.count('audit')
  const { headers, text } = await asks({ code })
  expect(headers.get('cache-control')).toBe('no-store')
  expect(text).not.toMatch(/action="[^"]*[A-Z2-7]{4}-/)
  expect([await it.count('audit'), await it.count('deliveries'), await it.count('outbox')]).toEqual([before, 0, 0])
})
