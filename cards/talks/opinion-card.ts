import { lookUp } from '../../db/client.ts'
import { fileOpinion, type Opinion, opinionById, readOpinion, type ToFile, toFileOrRefuse } from '../../db/talks/opinions.ts'
import { isOfPair, type TalkAsItStands, talkAsItStands } from '../../db/talks/state.ts'
import { type Day, day } from '../../src/calendar.ts'
import { button, type Card, card, coloured, lines, note, words } from '../../src/card.ts'
import { type Context, mayOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { form, input, select } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { type Verdict, verdictNames, verdicts } from '../../src/rules/talks/kinds.ts'
import { LONGEST_OPINION } from '../../src/rules/talks/words.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { openOpinions, openTalk, submitOpinion } from './buttons.ts'
import { typedLines } from './note-card.ts'

interface Shown {
  /** The words as they stand in the form, or were filed. */
  said: Partial<Opinion>
  as: 'asked' | 'alike' | 'filed'
}

export function opinionCard(
  it: TalkAsItStands,
  { activist, quarter, own }: Pick<ToFile, 'activist' | 'quarter' | 'own'>,
  viewer: string,
  { said, as }: Shown,
  now: Date,
): Card {
  const due = dueSaid(it, day(now))
  return card(
    labelled(t('考察意见', 'Appraisal'), labelled(asWritten(activist.name), spokenQuarter(quarter), ' · '), ' · '),
    [
      as === 'alike'
        ? lines(
            coloured('orange', t('和之前写给另一位的几乎一样。', 'This is nearly what was written of somebody else before.')),
            t('只有你看得到这句话，也不留记号。', 'You alone are told, and no mark stays.'),
          )
        : null,
      as === 'filed' && said.verdict ? lines(t(`**${verdictNames[said.verdict].zh}**`, `**${verdictNames[said.verdict].en}**`)) : null,
      as === 'filed' ? words(typedLines(said.words ?? '')) : null,
      as === 'filed'
        ? null
        : form(
            'opinion',
            [
              select(
                'verdict',
                t('请选择', 'Please choose'),
                verdicts.map((one) => ({ label: verdictNames[one], value: one })),
                { chosen: said.verdict, required: true },
              ),
              input('opinion', t(`一句话意见（最多 ${LONGEST_OPINION} 字）`, `In a sentence (at most ${LONGEST_OPINION} characters)`), {
                value: said.words,
                required: true,
                most: LONGEST_OPINION,
                rows: 3,
                hint: t('这位同志这段时间怎么样', 'How this comrade has been doing'),
              }),
            ],
            {
              label: as === 'alike' ? t('改一改', 'Change it') : t('提交', 'File'),
              value: submitOpinion.value({ talk: it.id }),
            },
            as === 'alike'
              ? { label: t('就这样提交', 'File it as it is'), value: submitOpinion.value({ talk: it.id, isSure: true }) }
              : undefined,
          ),
      ...(isOfPair(it, viewer)
        ? [button(t('返回', 'Back'), openTalk.value({ talk: it.id }))]
        : [button(t('返回', 'Back'), openOpinions.value({ branch: it.branch }))]),
      as === 'alike'
        ? null
        : note(
            t(
              `加密保存；除你以外，书记、副书记、组织委员能看，每次看都有记录。${own ? '再交一次会替换你本季度的这一份。' : `${due.zh}一个季度一份就够。`}`,
              `Kept encrypted. Besides you the secretary, the deputy and the organisation member can read it, and each reading is recorded. ${own ? 'Filing again replaces yours of this quarter.' : `${due.en}One a quarter is enough.`}`,
            ),
          ),
    ],
    { colour: as === 'filed' ? 'green' : as === 'alike' ? 'orange' : 'turquoise', subtitle: asWritten(it.branchName) },
  )
}

async function talkToFile(ctx: Context, talk: string) {
  const known = memberOrRefuse(ctx)
  mayOrRefuse(known.actor, 'talk', { unit: known.actor.unit })
  const [it] = await lookUp(ctx.db, [talkAsItStands(ctx.db, talk)])
  if (!it) refuse('没有找到这次谈心。', 'There is no such talk.')
  return { ...known, it, to: await toFileOrRefuse(ctx.db, it, known.actor, ctx.now) }
}

export async function openedOpinion(ctx: Context, { talk }: { talk: string }): Promise<PressAnswer> {
  const { db, actor, now, box, it, to } = await talkToFile(ctx, talk)
  const found = to.own && (await opinionById(db, to.own.id))
  const said = found ? await readOpinion(db, await box.sealing.vault(), found, actor, now) : {}
  return {
    toast: found ? t('这是你本季度交的意见。', 'This is your appraisal of this quarter.') : t('请填意见。', 'Please file your appraisal.'),
    mood: 'info',
    card: opinionCard(it, to, actor.id, { said, as: 'asked' }, now),
  }
}

export async function submittedOpinion(
  ctx: Context,
  { talk, isSure = false }: { talk: string; isSure?: boolean },
  { verdict, opinion }: { verdict?: Verdict | null; opinion?: string | null },
): Promise<PressAnswer> {
  const { db, actor, now, box, it, to } = await talkToFile(ctx, talk)
  if (!verdict) refuse('请选择意见。', 'Please choose a verdict.')
  const said = { verdict, words: opinion ?? '' }
  const outcome = await fileOpinion(db, await box.sealing.vault(), it, { ...said, id: ctx.newId(), isSure }, actor, now)
  if (outcome === 'alike')
    return {
      toast: t('和之前写给另一位的几乎一样，还没有提交。', 'This is nearly what was written of somebody else; nothing is filed yet.'),
      mood: 'warning',
      card: opinionCard(it, to, actor.id, { said, as: 'alike' }, now),
    }
  return {
    toast: t('意见已提交。', 'The appraisal is filed.'),
    mood: 'success',
    card: opinionCard(it, { ...to, own: to.own }, actor.id, { said, as: 'filed' }, now),
  }
}

/** The day that was promised when the talk was registered; later news of holidays does not move it. */
function dueSaid({ opinionDueOn }: TalkAsItStands, today: Day): Text {
  if (opinionDueOn === null) return t('', '')
  const on = spokenDay(opinionDueOn)
  return today <= opinionDueOn
    ? t(`最迟${on.zh}交，`, `Please file by ${on.en}. `)
    : t(`应在${on.zh}前交，已过期，`, `It was due by ${on.en}. `)
}
