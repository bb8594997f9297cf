import { expect } from 'vitest'
import { folded, row } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { eyes, left, posts, seen } from '../harness/browser/looked.ts'

const { opened } = eyes()

seen('no text of anybody becomes part of the page', async () => {
  const { page, feishu, errors, clock } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  const evil = '<img src=x onerror="window.stung=1"><script>window.stung=1</script>'
  feishu.addPerson(`<img src=x onerror="window.stung=1">`)
  await feishu.say('ou_li', 'oc_branch', evil)
  const elements = [
    {
      tag: 'markdown',
      content: `${evil} [x](javascript:alert(1)) <a href='javascript:alert(1)'>y</a> <font color='red;}'>z</font> &#60;b&#62; &#42;&#42;w&#42;&#42;`,
    },
    { tag: 'div', text: { tag: 'plain_text', content: evil } },
  ]
  const content = { schema: '2.0', config: { update_multi: true }, body: { elements } }
  const sent = { id: 'om_evil', chatId: 'oc_branch', sender: { kind: 'app' as const, id: 'cli_x' }, createdAt: clock(), deleted: false }
  feishu.messages.push({ ...sent, msgType: 'interactive', content, versions: [{ at: clock(), content }] })
  await left(page).locator('.card', { hasText: '<b> **w**' }).waitFor()
  expect(await page.locator('img, script:not([src]), main a[href]').count()).toBe(0)
  expect(await page.evaluate('window.stung')).toBeUndefined()
  expect(errors).toEqual([])
})

seen('every tag of the platform is drawn', async () => {
  const { page, feishu, errors } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  const plain = (content: string) => ({ tag: 'plain_text', content })
  const options = [{ text: plain('甲'), value: 'a' }]
  const elements = [
    {
      tag: 'markdown',
      content:
        "# 标题\n- 一\n- 二\n1. 三\n---\n**粗** *斜* ~~删~~ [链接](https://example.com/) <text_tag color='blue'>签</text_tag> <person id='ou_wang'></person>",
    },
    { tag: 'markdown', content: "<font color='red'>红<font color='green'>绿\n还是绿</font>又红</font>完" },
    { tag: 'div', text: { tag: 'lark_md', content: '**粗文**' }, fields: [{ is_short: true, text: plain('字段') }] },
    { tag: 'hr' },
    row({ tag: 'input', name: 'i' }, { tag: 'overflow', options }, { tag: 'checker', text: plain('办妥'), checked: true }),
    { tag: 'person', user_id: 'ou_wang', show_name: true },
    { tag: 'person_list', persons: [{ id: 'ou_li' }, { id: 'ou_wang' }] },
    { tag: 'select_person', options: [], placeholder: plain('选人') },
    { tag: 'date_picker', initial_date: '2026-10-09' },
    { tag: 'picker_time', placeholder: plain('时刻'), initial_time: '15:00' },
    {
      tag: 'table',
      columns: [
        { name: 'who', display_name: '谁', data_type: 'persons' },
        { name: 'score', display_name: '得分', data_type: 'number' },
        { name: 'on', display_name: '日期', data_type: 'date' },
        { name: 'how', display_name: '等次', data_type: 'options' },
      ],
      rows: [{ who: 'ou_wang', score: 92.5, on: Date.parse('2026-10-08T00:00:00+08:00'), how: [{ text: '优秀', color: 'green' }] }],
    },
    folded(t('展开看看', 'Open me'), [{ tag: 'interactive_container', elements: [{ tag: 'markdown', content: '里面' }] }]),
    { tag: 'chart', chart_spec: { type: 'bar', title: { text: '八个季度' }, data: [{ values: [{ quarter: '2026Q3', score: 92.5 }] }] } },
    { tag: 'img', img_key: 'img_x', alt: plain('合影') },
    {
      tag: 'form',
      name: 'f',
      elements: [
        { tag: 'multi_select_person', name: 'm' },
        { tag: 'picker_datetime', name: 'p', placeholder: plain('何时') },
        { tag: 'button', name: 's', text: plain('提交'), form_action_type: 'submit' },
      ],
    },
  ]
  await posts(feishu, 'oc_branch', 'interactive', { schema: '2.0', config: { update_multi: true }, body: { elements } })
  const drawn = left(page).locator('.card')
  await drawn.waitFor()
  const said = await drawn.innerText()
  for (const words of ['标题', '粗文', '字段', '王芳', '办妥', '2026/10/08', '优秀', '得分']) expect(said).toContain(words)
  expect(await drawn.getByRole('img', { name: '八个季度; 2026Q3 92.5' }).count()).toBe(1)
  expect(await drawn.getByRole('img', { name: '合影' }).count()).toBe(1)
  expect(await drawn.locator('ul li').count()).toBe(2)
  expect(await drawn.locator('a').getAttribute('href')).toBe('https://example.com/')
  expect(await drawn.locator('strong', { hasText: '粗文' }).count()).toBe(1)
  await drawn.getByText('展开看看').click()
  expect(await drawn.getByText('里面').isVisible()).toBe(true)
  expect(await drawn.locator('.unsupported').count()).toBe(0)
  expect(errors).toEqual([])
})

seen('a link in a card opens a tab that cannot reach back', async () => {
  const { page, feishu } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  const { url } = { url: new URL('/playground/app.css', page.url()).href }
  const opens = { tag: 'button', text: { tag: 'plain_text', content: '打开网页' }, behaviors: [{ type: 'open_url', default_url: url }] }
  const elements = [{ tag: 'markdown', content: `[看板](${url})` }, opens]
  await posts(feishu, 'oc_branch', 'interactive', { schema: '2.0', config: { update_multi: true }, body: { elements } })
  for (const name of ['看板', '打开网页']) {
    const [popup] = await Promise.all([page.waitForEvent('popup'), left(page).getByText(name).click()])
    expect(popup.url()).toBe(url)
    expect(await popup.evaluate('window.opener')).toBeNull()
    await popup.close()
  }
  expect(await left(page).getByText('看板').getAttribute('rel')).toBe('noopener noreferrer')
})
