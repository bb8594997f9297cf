import { expect, test } from 'vitest'
import { card, lines } from '../../src/card.ts'
import { form, input } from '../../src/form.ts'
import { buttonThat, said, shared, submit, tick, withElements } from './card-parts.ts'
import { aCompany } from './company.ts'

const refusedCards: [string, object, number][] = [
  ['without its schema', { ...shared, schema: undefined }, 200621],
  ['of the old form', { elements: [] }, 200621],
  ['without a body', { schema: '2.0' }, 200621],
  ['with an unknown property at the top', { ...shared, i18n_elements: {} }, 200621],
  ['with an unknown property in config', { ...shared, config: { wide_screen_mode: true } }, 200621],
  ['with an unknown property in the header', { ...shared, header: { title: { tag: 'plain_text', content: '一' }, ud_icon: {} } }, 200621],
  ['with an unknown property in the body', { ...shared, body: { elements: [], colour: 'red' } }, 200621],
  [
    'with an unknown property deep inside',
    withElements({ tag: 'div', text: { tag: 'plain_text', content: '', text_weight: 'bold' } }),
    200621,
  ],
  ['with a header that has no title', { ...shared, header: { template: 'blue' } }, 200621],
  ['that is not shared', { ...shared, config: { update_multi: false } }, 200621],
  ['with a note of 1.0', withElements({ tag: 'note', elements: [] }), 200861],
  ['with an action of 1.0', withElements({ tag: 'action', actions: [] }), 200861],
  ['of 201 elements', withElements(...Array.from({ length: 201 }, () => ({ tag: 'hr' }))), 11310],
  ['of six tables', withElements(...Array.from({ length: 6 }, () => ({ tag: 'table', columns: [], rows: [] }))), 11310],
  ['with a form that cannot be submitted', withElements({ tag: 'form', name: 'f', elements: [{ tag: 'input', name: 'i' }] }), 200621],
  ['with a nameless form', withElements({ tag: 'form', elements: [submit] }), 200530],
  ['with a nameless control in a form', withElements({ tag: 'form', name: 'f', elements: [{ tag: 'input' }, submit] }), 200530],
  ['with a name twice in a form', withElements({ tag: 'form', name: 'submit', elements: [submit] }), 200530],
  ['with an element_id twice', withElements({ tag: 'hr', element_id: 'a' }, { tag: 'hr', element_id: 'a' }), 300301],
  [
    'with a form in a panel',
    withElements({ tag: 'collapsible_panel', elements: [{ tag: 'form', name: 'f', elements: [submit] }] }),
    200621,
  ],
  ['with a text that stands bare', withElements({ tag: 'plain_text', content: '一' }), 200621],
  ['with a multi-select outside a form', withElements({ tag: 'multi_select_static', options: [] }), 200621],
  ['with a callback that sends nothing', withElements(buttonThat({}, { behaviors: [{ type: 'callback' }] })), 200621],
  [
    'with a link of another scheme',
    withElements(buttonThat({}, { behaviors: [{ type: 'open_url', default_url: 'javascript:alert(1)' }] })),
    200621,
  ],
  [
    'with a table row of no column',
    withElements({ tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [{ b: '1' }] }),
    200915,
  ],
  [
    'with a table cell of the wrong type',
    withElements({ tag: 'table', columns: [{ name: 'a', data_type: 'number' }], rows: [{ a: '1' }] }),
    200914,
  ],
  ['with a chart whose axes are no list', withElements({ tag: 'chart', chart_spec: { type: 'bar', axes: {} } }), 200550],
  ['that @s nobody we know', withElements({ tag: 'markdown', content: '<at id=ou_x></at>' }), 100290],
  [
    'that @s nobody we know in English',
    withElements({ tag: 'markdown', content: '一', i18n_content: { en_us: "<at ids='ou_x,ou_y'></at>" } }),
    100290,
  ],
  ['that shows nobody we know', withElements({ tag: 'person', user_id: 'ou_x' }), 100290],
  ['that lists somebody we do not know', withElements({ tag: 'person_list', persons: [{ id: 'ou_x' }] }), 100290],
  ['by template', { type: 'template', data: { template_id: 'x' } }, 200380],
]

test.each(refusedCards)('a card %s is refused', async (_, content, code) => {
  const { sendCard, group } = aCompany()
  expect(await sendCard(group, content)).toMatchObject({ status: 400, code: 230099, msg: expect.stringContaining(`ErrCode: ${code};`) })
})

test('200 elements, everyone, and people we know may stand on a card', async () => {
  const { sendCard, group, li, wang } = aCompany()
  const people = { tag: 'markdown', content: `<at id=all></at><at id=${li}></at> <person id='ou_x'></person> &#60;at id=ou_x&#62;` }
  const listed = { tag: 'person_list', persons: [{ id: wang }, { id: 'ou_x' }], drop_invalid_user_id: true }
  const rest = Array.from({ length: 198 }, () => ({ tag: 'hr' }))
  expect(await sendCard(group, withElements(people, listed, ...rest))).toMatchObject({ code: 0 })
})

test('the pieces that our own cards are built from are accepted', async () => {
  const { sendCard, group } = aCompany()
  const ours = card(said, [lines(said), form('call', [input('place', said)], { label: said, value: { press: 'x' } })], { subtitle: said })
  expect(await sendCard(group, ours)).toMatchObject({ code: 0 })
})

const text = (content: string) => ({ tag: 'plain_text', content })

const chooser = (more: object) => ({ tag: 'select_static', options: [{ text: text('甲'), value: 'a' }], ...more })

test.each([
  ['four buttons beside a tick', tick(Array(4).fill(buttonThat({ press: 'x' })))],
  ['a link on a chooser', chooser({ behaviors: [{ type: 'open_url', default_url: 'https://example.com/' }] })],
  [
    'a value that two options have',
    chooser({
      options: [
        { text: text('甲'), value: 'a' },
        { text: text('乙'), value: 'a' },
      ],
    }),
  ],
  ['a choice that is no option', chooser({ initial_option: 'b' })],
  ['a colour by its digits', { tag: 'div', text: { ...text('红'), text_color: '#ff0000' } }],
  ['an unknown size of text', { tag: 'markdown', content: '大', text_size: 'huge' }],
  ['an unknown kind of button', buttonThat({ press: 'x' }, { type: 'loud' })],
  ['a confirmation without text', buttonThat({ press: 'x' }, { confirm: { title: text('真的？') } })],
  ['101 characters on a button', buttonThat({ press: 'x' }, { text: text('长'.repeat(101)) })],
  ['required outside a form', { tag: 'input', name: 'i', required: true }],
  ['an @ of nobody', { tag: 'markdown', content: '<at></at>' }],
  ['a tag that is not shown', { tag: 'markdown', content: '<blink>看</blink>' }],
  ['a link without a scheme', { tag: 'markdown', content: '[看](example.com)' }],
  ['a bare link that runs into text', { tag: 'markdown', content: '见https://example.com/a，谢谢' }],
  ['an unknown locale', { tag: 'markdown', content: '一', i18n_content: { zh: '一' } }],
  ['an id that begins with a digit', { tag: 'hr', element_id: '1st' }],
])('a card with %s is refused', async (_, element) => {
  const { sendCard, group } = aCompany()
  expect(await sendCard(group, withElements(element))).toMatchObject({ code: 230099, msg: expect.stringContaining('ErrCode: 200621') })
})
