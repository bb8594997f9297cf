import { afterAll, expect } from 'vitest'
import type { WireLine } from '../../../src/playground/inspect.ts'
import { aBrowser } from '../../harness/browser/browse.ts'
import { left, says, seen } from '../../harness/browser/looked.ts'
import { aModel, modelSays } from '../../harness/model.ts'
import { aPlayground } from '../../harness/playground.ts'

const model = await aModel(modelSays('{"command":"talk","rest":"〔人A〕"}'))
const playground = await aPlayground({ env: { ASSIST_URL: model.url, ASSIST_KEY: 'key-canary' } })
const browse = aBrowser()
afterAll(async () => {
  await playground.stop()
  await model.stop()
})

seen('the inspector shows what a language model was sent', async () => {
  const { page, errors } = await browse(playground.url, { width: 1280 })
  await left(page).locator('.pick', { hasText: '私聊' }).click()
  await left(page).locator('.bot-menu').waitFor()
  await says(page, '帮我跟王芳把那桩事儿 13800138000 弄一弄')
  await left(page).locator('.card', { hasText: '没有这个命令' }).getByRole('button', { name: '/谈心 王芳' }).waitFor()
  const said = left(page).locator('.message', { hasText: '那桩事儿' }).first()
  await said.getByRole('button', { name: '查看' }).click()
  const line = page.locator('.wire', { has: page.locator('.assist') })
  await line.getByText('问过语言模型').waitFor()
  const shown = await line.innerText()
  expect(shown).toContain('帮我跟〔人A〕把那桩事儿 〔数B〕 弄一弄')
  expect(shown).not.toContain('key-canary')
  const id = (await said.getAttribute('data-message')) ?? ''
  const [{ assist } = { assist: null }] = await playground.ask<WireLine[]>(`inspect?message=${id}`)
  expect(assist).toEqual(model.asked[0]?.body)
  expect(JSON.stringify(assist)).not.toMatch(/王芳|138/)
  expect(errors).toEqual([])
})
