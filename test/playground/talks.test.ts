import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Talk } from '../../src/playground/talk.ts'
import { testOf } from '../../src/playground/talk-test.ts'
import { aPlayground } from '../harness/playground.ts'

const folder = join(import.meta.dirname, '../fixtures/talks')
const talks = readdirSync(folder)
const read = (name: string): Talk => JSON.parse(readFileSync(join(folder, name), 'utf8'))

const playground = await aPlayground()
afterAll(() => playground.stop())

test.each(talks)('%s comes out as when it was saved', async (name) => {
  const talk = read(name)
  expect(talk.expects.length).toBeGreaterThan(0)
  expect(await playground.post('replay', talk)).toEqual({ steps: talk.steps.length, differences: [] })
})

test('a replayed talk, saved again, is the same with today’s cards', async () => {
  const talk = read('first-meeting.json')
  await playground.post('replay', talk)
  const saved = await playground.ask<Talk>('talk')
  const seconds = (at: string) => Date.parse(at) / 60_000
  for (const [index, { at, ...step }] of saved.steps.entries()) {
    const { at: before = '', ...same } = talk.steps[index] ?? {}
    expect(step).toEqual(same)
    expect(seconds(at)).toBeCloseTo(seconds(before), 0)
  }
  const group = saved.expects.find(({ card, chat }) => card === '支委会' && chat === '教工第一支部')
  expect(group?.says).toEqual(expect.arrayContaining(talk.expects[0]?.says ?? ['nothing']))
})

test('missing lines of a card and impossible steps are named', async () => {
  const talk = read('first-meeting.json')
  const [card] = talk.expects
  const vain = { ...talk, expects: [{ ...card, says: ['实到', '到会 99 人'] }] }
  expect(await playground.post('replay', vain)).toEqual({ steps: 6, differences: ['教工第一支部 · 支委会: 到会 99 人'] })

  const [calls, checksIn] = talk.steps
  const lost = { ...talk, steps: [calls, { ...checksIn, control: '没有这个按钮' }] }
  expect(await playground.post('replay', lost)).toMatchObject({ steps: 1, differences: [expect.stringContaining('没有这个按钮')] })
})

test('a saved test stands in this folder as it was written', () => {
  expect(readFileSync(join(import.meta.dirname, 'saved-talk.test.ts'), 'utf8')).toBe(testOf(read('first-meeting.json')))
})

test('the playground hands out the talk as such a test', async () => {
  await playground.post('replay', read('leave-withdrawn.json'))
  const file = await (await fetch(`${playground.url}playground/talk-test`)).text()
  expect(file).toBe(testOf(await playground.ask<Talk>('talk')))
  expect(file).toContain("playground.post('replay', talk)")
})
