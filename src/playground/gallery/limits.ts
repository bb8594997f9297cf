import { type Text, t } from '../../text.ts'
import { cardOf, company, type Said } from './company.ts'

/** One answer of the platform, just within a limit or just beyond it. */
export interface Outcome {
  /** The attempt in words. */
  tried: Text
  isTaken: boolean
  code: number
  said: string
}

export interface LimitShown {
  name: string
  limit: Text
  green: Outcome
  red: Outcome
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const hello = { text: '你好' }
const lines = (many: number) => Array.from({ length: many }, () => ({ tag: 'hr' }))
const tables = (many: number) => Array.from({ length: many }, () => ({ tag: 'table', columns: [], rows: [] }))
const pressed = { tag: 'button', text: { tag: 'plain_text', content: '签到' }, behaviors: [{ type: 'callback', value: { press: 'x' } }] }
const nested = (levels: number): object =>
  levels === 1 ? { tag: 'hr' } : { tag: 'interactive_container', elements: [nested(levels - 1)], behaviors: pressed.behaviors }

/** Fills a card up to exactly so many bytes of a call. */
const filled = (bytes: number) => ({ tag: 'markdown', content: 'a'.repeat(bytes) })

type Tried = [Text, Said | Promise<Said>]
type World = ReturnType<typeof company>

interface Demonstration {
  name: string
  limit: Text
  /** Tries what is within, then what is beyond. */
  tries(world: World): Promise<[Tried, Tried]>
}

const times = async (many: number, act: (nth: number) => Promise<Said>): Promise<Said> => {
  let last: Said = { code: 0, msg: '' }
  for (let nth = 0; nth < many && last.code === 0; nth++) last = await act(nth)
  return last
}

const demonstrations: readonly Demonstration[] = [
  {
    name: 'chat',
    limit: t('一个群、一个人每秒 5 条', '5 messages a second to one chat or person'),
    tries: async ({ send }) => [
      [t('同一秒发 5 条', '5 in one second'), await times(5, () => send(hello))],
      [t('第 6 条', 'the sixth'), await send(hello)],
    ],
  },
  {
    name: 'app',
    limit: t('一个应用每秒 50 次', '50 calls a second by one app'),
    async tries({ send, more }) {
      const chats = more(51)
      return [
        [t('同一秒 50 次', '50 in one second'), await times(50, (nth) => send(hello, { to: chats[nth] }))],
        [t('第 51 次', 'the fifty-first'), await send(hello, { to: chats[50] })],
      ]
    },
  },
  {
    name: 'minute',
    limit: t('一个应用每分钟 1,000 次', '1,000 calls a minute by one app'),
    async tries({ send, more, pass }) {
      const chats = more(50)
      const act = (nth: number) => {
        if (nth % 50 === 0) pass(SECOND)
        return send(hello, { to: chats[nth % 50] })
      }
      return [
        [t('一分钟里 1,000 次', '1,000 within a minute'), await times(1000, act)],
        [t('第 1,001 次', 'one more'), await act(1000)],
      ]
    },
  },
  {
    name: 'card bytes',
    limit: t('一张卡片 30 KB', '30 KB a card'),
    tries: async ({ sendCard }) => [
      [t('29 KB', '29 KB'), await sendCard(filled(29 * 1024))],
      [t('31 KB', '31 KB'), await sendCard(filled(31 * 1024))],
    ],
  },
  {
    name: 'text bytes',
    limit: t('一条文字 150 KB', '150 KB a text'),
    tries: async ({ send }) => [
      [t('149 KB', '149 KB'), await send({ text: 'a'.repeat(149 * 1024) })],
      [t('151 KB', '151 KB'), await send({ text: 'a'.repeat(151 * 1024) })],
    ],
  },
  {
    name: 'elements',
    limit: t('一张卡片 200 个元素', '200 elements a card'),
    tries: async ({ sendCard }) => [
      [t('200 个', '200'), await sendCard(...lines(200))],
      [t('201 个', '201'), await sendCard(...lines(201))],
    ],
  },
  {
    name: 'tables',
    limit: t('一张卡片 5 个表格', '5 tables a card'),
    tries: async ({ sendCard }) => [
      [t('5 个', '5'), await sendCard(...tables(5))],
      [t('6 个', '6'), await sendCard(...tables(6))],
    ],
  },
  {
    name: 'levels',
    limit: t('一张卡片嵌套 5 层', '5 levels of nesting'),
    tries: async ({ sendCard }) => [
      [t('5 层', '5'), await sendCard(nested(5))],
      [t('6 层', '6'), await sendCard(nested(6))],
    ],
  },
  {
    name: 'uuid',
    limit: t('同一个 uuid 一小时内只发一次', 'one uuid sends once within an hour'),
    async tries({ feishu, send, pass }) {
      const uuid = 'the-same'
      const sent = async () => {
        const said = await send(hello, { uuid })
        const many = feishu.messages.length
        return many === 1 ? said : { ...said, code: -1, msg: `${many} messages: the second one is a double` }
      }
      await sent()
      pass(59 * MINUTE)
      const within = await sent()
      pass(2 * MINUTE)
      return [
        [t('59 分钟后再发：还是一条', 'again after 59 minutes: still one message'), within],
        [t('61 分钟后再发：重复', 'again after 61 minutes: a double'), await sent()],
      ]
    },
  },
  {
    name: 'update',
    limit: t('卡片 14 天内可以更新', 'a card is updated for 14 days'),
    async tries({ call, sendCard, pass }) {
      const { data } = await sendCard(pressed)
      const update = () => call('PATCH', `/im/v1/messages/${data?.message_id}`, { content: JSON.stringify(cardOf(pressed)) })
      pass(14 * DAY)
      const within = await update()
      pass(SECOND)
      return [
        [t('第 14 天', 'on the fourteenth day'), within],
        [t('再过一秒', 'a second later'), await update()],
      ]
    },
  },
  {
    name: 'press',
    limit: t('卡片 14 天内可以按', 'a card answers for 14 days'),
    async tries({ feishu, openId, sendCard, pass }) {
      const { data } = await sendCard(pressed)
      const press = async (): Promise<Said> => asSaid(await feishu.press(openId, data?.message_id ?? '', '签到'))
      pass(14 * DAY)
      const within = await press()
      pass(SECOND)
      return [
        [t('第 14 天', 'on the fourteenth day'), within],
        [t('再过一秒', 'a second later'), await press()],
      ]
    },
  },
  {
    name: 'answer',
    limit: t('按下之后 3 秒内要回答', 'a press is answered within 3 seconds'),
    async tries({ feishu, openId, sendCard, answersLate }) {
      const { data } = await sendCard(pressed)
      const press = async (): Promise<Said> => asSaid(await feishu.press(openId, data?.message_id ?? '', '签到'))
      const within = await press()
      answersLate()
      return [
        [t('马上回答', 'answered at once'), within],
        [t('3 秒还没有回答', 'no answer after 3 seconds'), await press()],
      ]
    },
  },
  {
    name: 'token',
    limit: t('令牌两小时有效', 'a token holds for two hours'),
    async tries({ call, tokenOf, openId, pass }) {
      const token = await tokenOf()
      const info = () => call('POST', '/contact/v3/users/basic_batch', { user_ids: [openId] }, token)
      pass(120 * MINUTE - 1)
      const within = await info()
      pass(1)
      return [
        [t('两小时差一毫秒', 'a millisecond before the two hours'), within],
        [t('满两小时', 'at two hours'), await info()],
      ]
    },
  },
]

const asSaid = ({ error }: { error?: number }): Said => ({ code: error ?? 0, msg: error ? `the client shows ${error}` : 'success' })

/** Tries every limit anew on a stand-in of its own, so that nothing in the visitor's world is touched. */
export const limitsShown = (from: Date): Promise<LimitShown[]> =>
  Promise.all(
    demonstrations.map(async ({ name, limit, tries }) => {
      const [green, red] = await tries(company(from))
      return { name, limit, green: await outcomeOf(green), red: await outcomeOf(red) }
    }),
  )

async function outcomeOf([tried, answer]: Tried): Promise<Outcome> {
  const { code, msg } = await answer
  // A refused card names its own code inside the message.
  const inner = /ErrCode: (\d+)/.exec(msg)?.[1]
  return { tried, isTaken: code === 0, code: Number(inner ?? code), said: msg }
}
