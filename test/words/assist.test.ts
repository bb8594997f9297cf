import type { ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { createAssist } from '../../src/assist.ts'
import { readConfig } from '../../src/config.ts'
import { guessOf, masked } from '../../src/rules/words/masked.ts'
import { aBranch } from '../harness/branch.ts'
import { aModel, modelSays as says } from '../harness/model.ts'

const people = [{ name: '李华', role: 'secretary' as const }, { name: '王芳' }, { name: '赵敏' }]
const closings: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})

/** A branch whose bot may ask that model. Its two seconds pass when the test says so. */
async function assisted(answer: (response: ServerResponse) => void, { isLate = false } = {}) {
  const { asked, url, stop } = await aModel(answer)
  closings.push(stop)
  const logged: object[] = []
  const waits: number[] = []
  const wait = (ms: number, then: () => void) => {
    waits.push(ms)
    const timer = isLate ? setTimeout(then, 50) : undefined
    return () => clearTimeout(timer)
  }
  const assist = createAssist({ url: `${url}/`, key: 'key-canary', model: 'small', fetch, wait, log: (event) => void logged.push(event) })
  const branch = await aBranch(people, { assist })
  return { branch, asked, logged, waits }
}

/** Nothing here understands it. */
const riddle = '帮我跟王芳还有老张把那桩事儿 13800138000 弄一弄'

test('what nothing here understands is asked, masked, and only offered', async () => {
  const { branch, asked, waits } = await assisted(says('好的：```json\n{"command": "talk", "rest": "〔人A〕"}\n```'))
  const answer = await branch.say('李华', riddle)
  expect(answer?.view).toBe('nearMiss')
  expect(answer?.text).toContain('/谈心 王芳')
  expect(await branch.count('talks')).toBe(0)
  const [question] = asked
  expect(question?.path).toBe('/v1/chat/completions')
  expect(question?.headers.authorization).toBe('Bearer key-canary')
  expect(question?.body.model).toBe('small')
  const [list, words] = question?.body.messages ?? []
  expect(words?.content).toBe('帮我跟〔人A〕还有〔人B〕把那桩事儿 〔数C〕 弄一弄')
  expect(list?.content).toContain('talk (谈心)')
  expect(JSON.stringify(question?.body)).not.toMatch(/王芳|老张|138/)
  expect(waits).toEqual([2_000])
})

test('a name in letters is masked like any other', async () => {
  const { branch, asked } = await assisted(says('{"command":"talk","rest":"〔人A〕"}'))
  const answer = await branch.say('李华', 'kindly fix that thing with wang fang, will you')
  expect(asked[0]?.body.messages[1]?.content).toBe('kindly fix that thing with 〔人A〕, will you')
  expect(answer?.text).toContain('/谈心 wang fang')
})

test('nobody is asked where the words are understood', async () => {
  const { branch, asked } = await assisted(says('{"command":"help"}'))
  for (const words of ['签到', '/会议 支委会 明天 15:00 三楼', '我要请假', '谢谢', '/会仪 支委会']) await branch.say('李华', words)
  expect(asked).toEqual([])
})

const failures: [string, (response: ServerResponse) => void, string][] = [
  ['refuses', (response) => void response.writeHead(401).end('no'), 'status 401'],
  ['sends elsewhere', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'status 302'],
  ['breaks off', (response) => void response.destroy(), 'unreachable'],
  ['answers no JSON', (response) => void response.end('<html>'), 'unreadable'],
  ['answers another shape', (response) => void response.end('{"choices":{}}'), 'unreadable'],
  ['answers without end', (response) => void response.end('x'.repeat(1_000_000)), 'too long'],
]

test.each(failures)('a model that %s is logged by kind alone', async (_, answer, outcome) => {
  const { branch, logged } = await assisted(answer)
  expect((await branch.say('李华', riddle))?.text).toContain('没听懂')
  expect(logged).toEqual([{ level: 'warn', at: 'assist', outcome }])
})

test('a slow model is waited for two seconds and no longer', async () => {
  const { branch, logged, waits } = await assisted(() => {}, { isLate: true })
  expect((await branch.say('李华', riddle))?.text).toContain('没听懂')
  expect([logged, waits]).toEqual([[{ level: 'warn', at: 'assist', outcome: 'late' }], [2_000]])
})

test.each([
  ['a command that is none', '{"command":"shutdown","rest":""}', null],
  ['a property of every object', '{"command":"constructor"}', null],
  ['no command', '{"command":"","rest":"〔人A〕"}', null],
  ['a list', '["talk"]', null],
  ['words around nothing', '抱歉', null],
  ['words that nobody said', '{"command":"member","rest":"移除 赵敏"}', { command: 'member', rest: '' }],
  ['a mark that was never made', '{"command":"talk","rest":"〔人Z〕"}', { command: 'talk', rest: '' }],
  ['words that are no words', '{"command":"talk","rest":{"a":1}}', null],
  ['markup', '{"command":"talk","rest":"<at id=all></at>"}', { command: 'talk', rest: '' }],
  ['what was said', '{"command":"talk","rest":"〔人A〕 弄一弄"}', { command: 'talk', rest: '王芳 弄一弄' }],
])('an answer with %s', (_, answer, guess) => {
  expect(guessOf(answer, riddle, masked(riddle, ['王芳']), ['talk', 'member'])).toEqual(guess)
})

test.each([
  ['跟李华、王芳同志谈 3 次，周五 15:30', '跟〔人A〕、〔人B〕同志谈 〔数C〕 次，周五 〔数D〕'],
  ['李华和李华', '〔人A〕和〔人A〕'],
  ['张老师的电话是 010-6275 1234', '〔人A〕老师的电话是 〔数B〕 〔数C〕'],
  ['小王二十三岁，三点来', '〔人A〕〔数B〕岁，〔数C〕点来'],
  ['写信给 li@example.com 或看 https://example.com/?id=7', '写信给 〔址A〕 或看 〔址B〕'],
  ['could you sort it out with Wang Fang by Friday', 'could you sort it out with 〔人A〕 〔人B〕 by Friday'],
  ['ask Zhang Wei or zhang weiming', 'ask 〔人A〕 or zhang weiming'],
  ['〔人A〕是谁', '人A是谁'],
])('“%s” is masked', (line, words) => {
  const sentence = masked(line, ['李华', '王芳', 'zhang wei'])
  expect(sentence.words).toBe(words)
  expect(sentence.unmasked(words)).toBe(line.replace(/[〔〕]/g, ''))
})

test('it is off by default, and its address and key are checked', () => {
  const good = {
    LARK_APP_ID: 'cli_a1b2c3d4e5f60708',
    LARK_APP_SECRET: 'a',
    LARK_ENCRYPT_KEY: 'b',
    LARK_VERIFICATION_TOKEN: 'c',
    DATA_KEY: Buffer.from(Array.from({ length: 32 }, (_, nth) => nth * 7)).toString('base64'),
  }
  expect(readConfig(good)).not.toHaveProperty('ASSIST_URL')
  expect(readConfig({ ...good, ASSIST_URL: 'http://127.0.0.1:8080/v1' })).toMatchObject({ ASSIST_MODEL: 'default' })
  expect(() => readConfig({ ...good, ASSIST_URL: 'canary' })).toThrow('ASSIST_URL must be an http(s) address')
  expect(() => readConfig({ ...good, ASSIST_KEY: 'your-key-canary' })).toThrow('ASSIST_KEY is a sample value')
})
