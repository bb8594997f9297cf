import { sql } from 'drizzle-orm'
import type { BallotDeps } from '../../db/ballots/cast.ts'
import { members } from '../../db/branches/tables.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { meantOf } from '../../db/voices/meant.ts'
import { publishedOf } from '../../db/voices/published.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, fittingLines, folded, lines, note, opens } from '../../src/card.ts'
import { form, input, select } from '../../src/form.ts'
import { codeFrom } from '../../src/rules/ballots/codes.ts'
import { promisedWorkdays, type VoiceKind, voiceKindNames } from '../../src/rules/voices/kinds.ts'
import { LONGEST_VOICE } from '../../src/rules/voices/words.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, both, literal, t } from '../../src/text.ts'
import { lookUpCode, openLookUp, submitVoice } from './buttons.ts'

/** The kinds that a person chooses among. A question comes with a report, under the report. */
export const chosenKinds = ['suggestion', 'worry', 'observation', 'tool'] as const satisfies readonly VoiceKind[]

/** In a branch of so few, the words alone tell whose they are. */
const FEW = 3

const secrecy = [
  t(
    '不署名：数据库里不留姓名、时刻、顺序和消息编号，只留日期；文字加密存放，答复的人才打得开。',
    'Unsigned: the database keeps no name, moment, order or message, only the day; the words are sealed, and opened for whoever answers.',
  ),
  t(
    '防不住：能控制服务器的人、飞书自己的聊天记录、写法被认出来。要完全放心，请当面或写信提。',
    'It does not protect against whoever controls the server, against Feishu’s own record of this chat, or against being known by your style. To be quite sure, say it in person or by letter.',
  ),
]

interface Form {
  branch: { id: string; name: string }
  people: number
  /** The answerers, whom it may be about. */
  meant: readonly { id: string; name: string }[]
  kind?: VoiceKind | undefined
  code: string
}

export const suggestCard = ({ branch, people, meant, kind, code }: Form): Card =>
  card(
    t('提建议、反映问题', 'Say something'),
    [
      form(
        'suggest',
        [
          select(
            'kind',
            t('哪一类', 'What it is'),
            chosenKinds.map((one) => ({
              value: one,
              label: both(
                (l) =>
                  `${voiceKindNames[one][l]}${{ zh: `（${promisedWorkdays[one]} 个工作日内答复）`, en: ` (${promisedWorkdays[one]} working days)` }[l]}`,
              ),
            })),
            { chosen: kind ?? 'suggestion', required: true },
          ),
          input('words', t(`想说的（最多 ${LONGEST_VOICE} 字）`, `Your words (at most ${LONGEST_VOICE} characters)`), {
            required: true,
            most: LONGEST_VOICE,
            rows: 4,
            hint: t('什么事、希望怎么办；链接不收', 'What it is, and what would help; links are not taken'),
          }),
          select(
            'sign',
            t('署不署名', 'Signed or not'),
            [
              { value: 'signed', label: t('署名，答复会发给我', 'Signed: the answer comes to me') },
              { value: 'unsigned', label: t('不署名，凭代码看答复', 'Unsigned: I read the answer by a code') },
            ],
            { required: true },
          ),
          ...(meant.length > 0
            ? [
                select(
                  'meant',
                  t('说的是答复人本人的，请选（可不选）', 'If it is about one of the answerers, who (optional)'),
                  meant.map(({ id, name }) => ({ value: id, label: asWritten(name) })),
                ),
              ]
            : []),
        ],
        { label: t('提交', 'Send'), value: submitVoice.value({ branch: branch.id, code }) },
      ),
      people <= FEW
        ? note(t(`支部只有 ${people} 人，不署名也容易猜到是谁。`, `The branch has ${people} people; unsigned words are easily guessed.`))
        : null,
      folded(t('不署名怎样保密', 'How unsigned words are kept secret'), [lines(...secrecy)]),
      button(t('凭代码看答复', 'Read an answer by its code'), openLookUp.value({ about: 'voices' }), { type: 'text' }),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )

const lookUpForm = () =>
  form('look', [input('code', t('代码', 'The code'), { required: true, most: 20 })], {
    label: t('看答复', 'Read the answer'),
    value: lookUpCode.value({ about: 'voices' }),
    type: 'default',
  })

/** The code is typed on a card, not in the chat. The answer to words waits in the outbox, beside the person. */
export const lookUpCard = (branch: string): Card =>
  card(
    t('凭代码看答复', 'Read an answer by its code'),
    [lookUpForm(), note(t('请把代码填在这里；这样不会留下谁查过。', 'Please enter the code here; nothing then tells who asked.'))],
    { colour: 'turquoise', subtitle: asWritten(branch) },
  )

export async function suggestShown(
  db: Db,
  { branch: id, kind, isLookUp }: { branch: string; kind?: VoiceKind | undefined; isLookUp?: boolean | undefined },
  _now: Date,
  box: BallotDeps | undefined,
): Promise<Card | null> {
  const [[branch], [counted], meant] = await lookUp(db, [
    branchById(db, id),
    db.select({ people: sql<number>`count(*)` }).from(members).where(sql`${members.branch} = ${id} and ${members.leftOn} is null`),
    meantOf(db, id),
  ])
  if (!branch) return null
  if (isLookUp) return lookUpCard(branch.name)
  const random = box ? box.random(16) : new Uint8Array(16)
  return suggestCard({ branch, people: counted?.people ?? 0, meant, kind, code: codeFrom(random) })
}

const PUBLISHED_BYTES = 18_000

/** The list of what was adopted, in the answerer's words and without authors. */
export async function adoptedShown(db: Db, { branch: id }: { branch: string }): Promise<Card | null> {
  const [[branch], all] = await lookUp(db, [branchById(db, id), publishedOf(db, id)])
  if (!branch) return null
  const said = all.map(({ at, published }) => both((l) => `· ${spokenDay(day(at))[l]} ${literal(published)}`))
  const shown = fittingLines(said, PUBLISHED_BYTES)
  return card(
    t('采纳了哪些建议', 'What was adopted'),
    [
      shown.length > 0 ? lines(...shown) : lines(t('还没有公布的。', 'Nothing is published yet.')),
      shown.length < said.length ? note(t(`另有 ${said.length - shown.length} 条。`, `${said.length - shown.length} more.`)) : null,
      note(t('只写办了什么，不写是谁提的。', 'It says what was done, and never who asked.')),
    ],
    { colour: 'green', subtitle: asWritten(branch.name) },
  )
}

/** Shown in the place of the form, once. */
export const receivedCard = (branch: string, by: string, code: string | null, hadLinks: boolean, page: string | null = null): Card =>
  card(
    t('已收到', 'Received'),
    [
      lines(t(`${spokenDay(by).zh}前答复。`, `It is answered by ${spokenDay(by).en}.`)),
      code === null ? note(t('答复会私聊发给你。', 'The answer comes to you in the direct chat.')) : null,
      code === null ? null : lines(t(`代码 **${code}**`, `Code **${code}**`)),
      code === null
        ? null
        : note(
            t(
              '代码只在这里显示，请记下来；说「建议 查」，填代码就能看答复。',
              'The code is shown here alone; please note it. Say “suggest code” and enter it to read the answer.',
            ),
          ),
      code !== null && page !== null ? opens(t('在网页上看答复', 'Read it on the web'), page) : null,
      hadLinks ? note(t('链接不收，已经去掉，其余文字都在。', 'Links are not taken and were removed; all other words are there.')) : null,
    ],
    { colour: 'green', subtitle: asWritten(branch) },
  )
