import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { type Analysis, addTopic, analysisOf, dropTopic, listAnalysis, type Topic } from '../../db/voices/analysis.ts'
import { takersOf } from '../../db/voices/inbox.ts'
import { namesOfUnit } from '../../db/voices/meant.ts'
import { day, pickedDay } from '../../src/calendar.ts'
import { button, type Card, card, lines, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, input, pickDay, select } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import { LONGEST_CAUSE, LONGEST_TOPIC, MOST_TOPICS } from '../../src/rules/voices/analysis.ts'
import { themeNames, themes } from '../../src/rules/voices/kinds.ts'
import { namesIn } from '../../src/rules/voices/names.ts'
import { voiceFrom } from '../../src/rules/voices/words.ts'
import { spokenDay, spokenMoment, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, listed, literal, type Text, t } from '../../src/text.ts'
import { addTopic as add, dropTopic as drop, listAnalysis as list } from './buttons.ts'

type State = Awaited<ReturnType<typeof analysisOf>>
type Owners = Awaited<ReturnType<typeof takersOf>>

function analysisCard(branch: { id: string; name: string }, { quarter, own, before, themes: counted }: State, owners: Owners): Card {
  const of = spokenQuarter(quarter)
  const isListed = own !== null && own.gathering !== null
  const topics = own?.topics ?? []
  const isFull = !isListed && topics.length >= MOST_TOPICS
  return card(
    t(`${of.zh}思想动态分析`, `Analysis of opinion, ${of.en}`),
    [
      ...beforeShown(before),
      lines(
        t('**本季度收到的反映**', '**Voices of this quarter**'),
        counted.length === 0
          ? t('本季度没有收到反映。', 'None came.')
          : listed(counted.map(({ theme, voices }) => both((l) => `${themeNames[theme][l]} ${voices}`))),
      ),
      ...topics.flatMap((topic) => [
        lines(...topicSaid(topic)),
        isListed
          ? null
          : button(t(`删去第 ${topic.nth} 条`, `Drop ${topic.nth}`), drop.value({ branch: branch.id, nth: topic.nth }), { type: 'text' }),
      ]),
      isListed ? note(t('已列入支委会议程；再写就是新的一份。', 'It is on the committee’s agenda; writing more begins a new one.')) : null,
      !isListed && topics.length > 0
        ? button(t('列入支委会', 'Put it on the agenda'), list.value({ branch: branch.id }), { type: 'primary_filled', wide: true })
        : null,
      isFull ? null : topicForm(branch.id, owners, topics.length > 0 && !isListed),
      note(t('不写姓名。少于 3 条的主题并入「其他」。', 'No names. Themes of fewer than three count among the others.')),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

/** It begins with what became of the last quarter's measures. */
const beforeShown = (before: Analysis | null) =>
  before && before.topics.length > 0
    ? [
        lines(
          t('**上季度的措施**', '**Measures of the last quarter**'),
          ...before.topics.map(({ measure, words, isDone }) => {
            const state = isDone === null ? t('无责任人', 'without an owner') : isDone ? t('已办', 'done') : t('未办', 'open')
            return both((l) => `· ${literal(measure ?? words)} — ${state[l]}`)
          }),
        ),
      ]
    : []

const topicSaid = ({ nth, theme, words, cause, measure, ownerName, dueOn }: Topic): (Text | null)[] => [
  both((l) => `**${nth}. ${themeNames[theme][l]}** ${literal(words)}`),
  cause ? t(`原因：${literal(cause)}`, `Cause: ${literal(cause)}`) : null,
  measure
    ? both((l) => {
        const who = ownerName && dueOn ? `${literal(ownerName)} ${spokenDay(dueOn)[l]}` : { zh: '无责任人', en: 'no owner' }[l]
        return `${{ zh: '措施：', en: 'Measure: ' }[l]}${literal(measure)}（${who}）`
      })
    : null,
]

const topicForm = (branch: string, owners: Owners, isBesides: boolean) =>
  form(
    'topic',
    [
      select(
        'theme',
        t('主题', 'Theme'),
        themes.map((value) => ({ value, label: themeNames[value] })),
        { required: true },
      ),
      input('words', t('反映了什么', 'What is on people’s minds'), { required: true, most: LONGEST_TOPIC }),
      input('cause', t('原因', 'Cause'), { most: LONGEST_CAUSE, rows: 2 }),
      input('measure', t('措施', 'Measure'), { most: LONGEST_CAUSE, rows: 2 }),
      ...(owners.length > 0
        ? [
            select(
              'owner',
              t('谁办', 'Owner'),
              owners.map(({ id, name }) => ({ value: id, label: asWritten(name) })),
            ),
            pickDay('due', t('哪天办完', 'Done by')),
          ]
        : []),
    ],
    { label: t('加一条', 'Add'), value: add.value({ branch }), ...(isBesides ? { type: 'default' as const } : {}) },
  )

async function stateFor(db: Db, branch: string, now: Date) {
  const [[found]] = await lookUp(db, [branchById(db, branch)])
  if (!found) return null
  const state = await analysisOf(db, branch, now)
  const [owners] = await lookUp(db, [takersOf(db, { branch, meant: null })])
  return { found, state, owners }
}

export async function analysisShown(db: Db, { branch }: { branch: string }, now: Date): Promise<Card | null> {
  const it = await stateFor(db, branch, now)
  return it && analysisCard(it.found, it.state, it.owners)
}

async function hereOrRefuse(ctx: Context, branch: string) {
  const known = memberOrRefuse(ctx)
  const it = await stateFor(ctx.db, branch, ctx.now)
  const found = foundOrRefuse(known.actor, 'analyseOpinion', it?.found, placeOf)
  if (!it) refuse('没有找到这个支部。', 'There is no such branch.')
  return { ...known, branch: found, state: it.state, owners: it.owners }
}

const again = async ({ db, now }: Context, branch: string, toast: Text): Promise<PressAnswer> => {
  const card = await analysisShown(db, { branch }, now)
  return { toast, mood: 'success', ...(card ? { card } : {}) }
}

type Filled = Partial<Record<'theme' | 'words' | 'cause' | 'measure' | 'owner' | 'due', string | null | undefined>>

export async function addedTopic(ctx: Context, sent: { branch: string }, filled: Filled): Promise<PressAnswer> {
  const { db, actor, now, branch, state, owners } = await hereOrRefuse(ctx, sent.branch)
  const theme = themes.find((one) => one === filled.theme)
  if (!theme) refuse('请选主题。', 'Please choose the theme.')
  const names = (await lookUp(db, [namesOfUnit(db, branch.unit)]))[0].map(({ name }) => name)
  const read = (typed: string | null | undefined, most: number) => {
    const said = voiceFrom((typed ?? '').replace(/\s+/gu, ' '), most)
    if ('wrong' in said) throw new Refusal(said.wrong)
    const found = listed(namesIn(said.words, names).map(asWritten))
    if (found.zh !== '') refuse(`请不要写姓名：${found.zh}`, `Please write no names: ${found.en}`)
    return said.words
  }
  const optional = (typed: string | null | undefined) => ((typed ?? '').trim() === '' ? null : read(typed, LONGEST_CAUSE))
  const topic = { theme, words: read(filled.words, LONGEST_TOPIC), cause: optional(filled.cause), measure: optional(filled.measure) }
  const [owner, dueOn] = [owners.find(({ id }) => id === filled.owner)?.id ?? null, pickedDay(filled.due)]
  if ((owner === null) !== (dueOn === null)) refuse('谁办和哪天办完要一起写，或都不写。', 'Please give the owner and the day, or neither.')
  if (owner && !topic.measure) refuse('有人办，就要写措施。', 'A measure is wanted where there is an owner.')
  if (dueOn && dueOn < day(now)) refuse('办完的日子不能早于今天。', 'The day cannot be before today.')
  await addTopic(db, branch, state.own, { ...topic, owner, dueOn }, ctx.newId(), actor, now)
  return again(ctx, branch.id, t('加好了。', 'Added.'))
}

export async function droppedTopic(ctx: Context, sent: { branch: string; nth: number }): Promise<PressAnswer> {
  const { db, actor, now, branch, state } = await hereOrRefuse(ctx, sent.branch)
  if (!state.own?.topics.some(({ nth }) => nth === sent.nth)) refuse('这一条已经删去了。', 'That one is gone already.')
  await dropTopic(db, branch, state.own, sent.nth, actor, now)
  return again(ctx, branch.id, t('删去了。', 'Dropped.'))
}

export async function listedAnalysis(ctx: Context, sent: { branch: string }): Promise<PressAnswer> {
  const { db, actor, now, branch, state } = await hereOrRefuse(ctx, sent.branch)
  if (!state.own || state.own.gathering) refuse('请先写一条。', 'Please write a topic first.')
  const meeting = await listAnalysis(db, branch, state.own, ctx.newId, actor, now)
  const when = spokenMoment(meeting.startsAt)
  return again(
    ctx,
    branch.id,
    t(`已列入${when.zh}的支委会；有人办的措施已立为任务。`, `It is on the agenda of ${when.en}; measures with an owner are tasks now.`),
  )
}
