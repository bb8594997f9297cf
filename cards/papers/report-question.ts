import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import * as messages from '../../db/papers/messages.ts'
import { type Report, reportById } from '../../db/papers/reports.ts'
import { speakSigned } from '../../db/voices/speak.ts'
import { day } from '../../src/calendar.ts'
import { type Card, card, lines, note } from '../../src/card.ts'
import { type Context, mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import { form, input } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import { promisedOn } from '../../src/rules/voices/state.ts'
import { LONGEST_VOICE, voiceFrom } from '../../src/rules/voices/words.ts'
import { spokenDay, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { askAboutReport, sendQuestion } from './buttons.ts'

/** One question about a report that was given. It is signed, since the answer goes to whoever asked. */
function questionCard(it: Report): Card {
  return card(
    labelled(t('对支委会报告提问', 'A question on the report'), spokenPeriod(it.period), ' · '),
    [
      form('question', [input('words', t('想问什么', 'Your question'), { required: true, most: LONGEST_VOICE, rows: 4 })], {
        label: t('提问', 'Ask'),
        value: sendQuestion.value({ report: it.id }),
      }),
      note(
        t(
          '署名提问，5 个工作日内私聊答复。不想署名，请说「建议」。',
          'It is signed and answered in your direct chat within 5 working days. To write unsigned, say “suggest”.',
        ),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(it.branchName) },
  )
}

export const reportQuestion = view({
  message: messages.reportQuestion,
  async show(db, { report }) {
    const [[it]] = await lookUp(db, [reportById(db, report)])
    return it?.deliveredAt && it.kind === 'toMembers' ? questionCard(it) : null
  },
})

/** A question is asked by the branch that was told. */
async function toldOrRefuse(ctx: Context, report: string) {
  const here = memberOrRefuse(ctx)
  mayOrRefuse(here.actor, 'speakUp', { unit: here.actor.unit })
  const [[it]] = await lookUp(ctx.db, [reportById(ctx.db, report)])
  if (!it?.deliveredAt || it.kind !== 'toMembers' || it.branch !== here.actor.branch)
    refuse('这份报告不是你们支部的。', 'This report is not your branch’s.')
  return { ...here, it }
}

export const askAboutReportPress = press({
  button: askAboutReport,
  rights: ['speakUp'],
  async answer(ctx, { report }) {
    const { db, actor } = await toldOrRefuse(ctx, report)
    await together(db, [statementOf(reply(privately(ctx), messages.reportQuestion({ report, member: actor.id })))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const sendQuestionPress = press({
  button: sendQuestion,
  rights: ['speakUp'],
  isPersonal: true,
  fills: z.object({ words: z.string().max(5_000).nullish() }),
  async answer(ctx, { report }, _seen, filled) {
    const { db, actor, now, box, newId, it } = await toldOrRefuse(ctx, report)
    const said = voiceFrom(filled.words ?? '')
    if ('wrong' in said) throw new Refusal(said.wrong)
    const [[branch]] = await lookUp(db, [branchById(db, it.branch)])
    if (!branch) refuse('没有找到这个支部。', 'There is no such branch.')
    const question = { id: newId(), kind: 'question' as const, words: said.words, about: { kind: 'report' as const, id: report } }
    await speakSigned(db, await box.sealing.vault(), branch, question, actor, now)
    const by = spokenDay(promisedOn('question', day(now)))
    return {
      toast: t('已提交。', 'It is sent.'),
      mood: 'success',
      card: card(t('已收到你的提问', 'Your question is in'), [
        lines(t(`${by.zh}前私聊答复你。`, `You are answered in our direct chat by ${by.en}.`)),
      ]),
    }
  },
})
