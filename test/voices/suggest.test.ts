import { expect, test } from 'vitest'
import { buttonsOf, textOf } from '../harness/branch.ts'
import { aSpeakingBranch, said } from './company.ts'

const WORDS = '活动室的灯坏了三盏'

test('a signed one waits for the answerers by its promised day', async () => {
  const it = await aSpeakingBranch()
  const sent = await it.speaks('王芳', { words: WORDS, sign: 'signed' })
  expect(said(sent)).toContain('10月21日')
  expect(said(sent)).not.toContain(sent.code)
  for (const name of ['李华', '钱进', '孙丽']) expect((await it.inbox(name)).text, name).toContain('10月21日')
  for (const name of ['周正', '王芳', '管理员', '考核人']) expect((await it.inbox(name)).text, name).toContain('没有等你答复')
  expect((await it.inbox('李华')).text).not.toContain('灯')
  const [voice = ''] = await it.waiting('李华')
  const read = said(await it.reads('李华', voice))
  expect(read).toContain(WORDS)
  expect(read).toContain('署名：王芳')
  expect((await it.deeds()).filter(({ subject }) => subject === voice).map(({ actor, deed }) => `${actor} ${deed}`)).toEqual([
    'm_王芳 voice.raise',
    'm_李华 voice.read',
  ])
})

test('the same words of the same person on a day are one', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { words: WORDS, sign: 'signed' })
  expect((await it.speaks('王芳', { words: WORDS, sign: 'signed' })).toast.zh).toContain('今天已经收到')
  await it.speaks('吴勇', { words: WORDS, sign: 'signed' })
  expect(await it.count('voices')).toBe(2)
  it.at('2026-10-09', '09:00')
  await it.speaks('王芳', { words: WORDS, sign: 'signed' })
  expect(await it.count('voices')).toBe(3)
})

test('an unsigned press that comes twice is one, with its code again', async () => {
  const it = await aSpeakingBranch()
  const value = await it.form()
  const form = { words: WORDS, kind: 'worry', sign: 'unsigned' }
  const first = await it.press('王芳', value, { form, eventId: 'same' })
  const second = await it.press('王芳', value, { form, eventId: 'same' })
  expect(said(first)).toContain(String(value.code))
  expect(said(second)).toBe(said(first))
  expect(await it.count('voices')).toBe(1)
})

test('parallel presses on one form bring one voice in', async () => {
  const it = await aSpeakingBranch()
  const value = await it.form()
  const form = { words: WORDS, kind: 'worry', sign: 'unsigned' }
  const all = await Promise.all(Array.from({ length: 20 }, (_, nth) => it.press('王芳', value, { form, eventId: `p${nth}` })))
  expect(all.filter(({ mood }) => mood !== 'success')).toEqual([])
  expect(await it.count('voices')).toBe(1)
})

test('the answer is read by the code, and by no other', async () => {
  const it = await aSpeakingBranch()
  const { code } = await it.speaks('王芳', { words: WORDS })
  expect(said(await it.looksUp('王芳', code.toLowerCase()))).toContain('前答复')
  const [voice = ''] = await it.waiting('李华')
  expect(said(await it.reads('李华', voice))).toContain('没有署名')
  expect((await it.answers('李华', voice)).toast.zh).toContain('凭代码看')
  const shown = await it.looksUp('王芳', code)
  expect(said(shown)).toContain('已经换了新灯')
  expect(buttonsOf(shown.card).map(({ solved }) => solved)).toEqual([true, false])
  expect((await it.looksUp('王芳', 'AAAA-BBBB-CCCC')).toast.zh).toContain('没有这个代码')
  expect((await it.looksUp('王芳', '')).toast.zh).toContain('没有这个代码')
})

test('links are removed, and the author is told', async () => {
  const it = await aSpeakingBranch()
  const sent = await it.speaks('王芳', { words: `${WORDS} https://a.cn/x`, sign: 'signed' })
  expect(said(sent)).toContain('链接不收')
  const [voice = ''] = await it.waiting('李华')
  expect(said(await it.reads('李华', voice))).not.toContain('a.cn')
})

test('nothing is sent without a choice, or beyond five hundred characters', async () => {
  const it = await aSpeakingBranch()
  const value = await it.form()
  const refused = async (form: Record<string, unknown>) => (await it.press('王芳', value, { form })).toast.zh
  expect(await refused({ words: WORDS, kind: 'worry' })).toContain('署名')
  expect(await refused({ kind: 'worry', sign: 'signed' })).toContain('还没有写字')
  expect(await refused({ words: '长'.repeat(501), sign: 'unsigned' })).toContain('最多 500')
  expect((await it.press('考核人', value, { form: { words: WORDS, sign: 'signed' } })).mood).toBe('warning')
  expect(await it.count('voices')).toBe(0)
})

test('the form warns in a branch of three, and of its limits', async () => {
  const small = await aSpeakingBranch({ people: [{ name: '李华', role: 'secretary' }, { name: '王芳' }, { name: '吴勇' }] })
  const { card } = await small.shown('suggest', { branch: 'branch' })
  expect(JSON.stringify(card)).toContain('只有 3 人')
  expect(JSON.stringify(card)).toContain('能控制服务器的人')
  const large = await aSpeakingBranch()
  expect(JSON.stringify((await large.shown('suggest', { branch: 'branch' })).card)).not.toContain('也容易猜到')
})

test('words bring the form in the direct chat, never the code', async () => {
  const it = await aSpeakingBranch()
  expect((await it.say('王芳', '/建议', { dm: true }))?.view).toBe('suggest')
  expect((await it.say('王芳', '/建议 查 K7QX-2MPA-ZT5C', { dm: true }))?.text).toContain('填在这里')
  expect((await it.say('王芳', '反映 食堂太早关门', { dm: true }))?.view).toBe('suggest')
  expect((await it.say('王芳', '/反映', { dm: true }))?.view).toBe('inbox')
  expect((await it.say('王芳', '/建议 公布', { dm: true }))?.view).toBe('adopted')
  expect((await it.say('王芳', '/建议'))?.text).toContain('私聊')
  const rows = await it.outboxRows()
  expect(rows.some(({ args }) => /K7QX|食堂/.test(String(args)))).toBe(false)
})

test('what was adopted is published without authors and without names', async () => {
  const it = await aSpeakingBranch()
  await it.speaks('王芳', { words: WORDS, sign: 'signed' })
  const [voice = ''] = await it.waiting('李华')
  expect((await it.answers('李华', voice, { published: '王芳提的灯已换' })).toast.zh).toContain('请不要写姓名：王芳')
  expect(said(await it.answers('李华', voice, { published: '活动室换了新灯' }))).toContain('会告诉')
  const { card } = await it.shown('adopted', { branch: 'branch' })
  expect(textOf(card as never)).toContain('活动室换了新灯')
  for (const word of ['王芳', '三盏', '李华']) expect(textOf(card as never)).not.toContain(word)
})
