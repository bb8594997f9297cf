import type { BallotDeps } from '../../db/ballots/cast.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { otherOf, type TalkAsItStands, talkAsItStands } from '../../db/talks/state.ts'
import { askToRaise, draftAsked, answerWorry as giveAnswer, type WorryAnswer } from '../../db/talks/worries.ts'
import { button, type Card, card, lines, note, row, sentence, words } from '../../src/card.ts'
import type { Context } from '../../src/context.ts'
import { form, input } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { counts } from '../../src/rules/talks/state.ts'
import { LONGEST_WORRY } from '../../src/rules/talks/words.ts'
import { asWritten, literal, t } from '../../src/text.ts'
import { answerWorry, askWorry, openTalk } from './buttons.ts'
import { ownTalk, talkTitle, typedLines } from './note-card.ts'

const guessable = t('支部小的话，别人也许猜得到是谁。', 'In a small branch others may guess whose it is.')

export function worryCard(it: TalkAsItStands, member: string, asked: string | null): Card {
  const other = literal(otherOf(it, member).name)
  return card(
    talkTitle(t('提出一件事', 'Raise a matter'), it, member),
    [
      asked ? lines(t(`等 ${other} 看：`, `Waiting for ${other}:`)) : null,
      asked ? words(typedLines(asked)) : null,
      form(
        'worry',
        [
          input(
            'worry',
            t(`要提给书记的原话（最多 ${LONGEST_WORRY} 字）`, `The words for the secretary (at most ${LONGEST_WORRY} characters)`),
            {
              required: true,
              most: LONGEST_WORRY,
              rows: 3,
              hint: t('不写是谁、哪天谈的', 'Not who it was, nor when'),
            },
          ),
        ],
        { label: t(`请 ${other} 过目`, `Show it to ${other}`), value: askWorry.value({ talk: it.id }) },
      ),
      button(t('返回', 'Back'), openTalk.value({ talk: it.id })),
      note(
        t(
          `${other} 同意了，书记才看得到这句原话，看不到是谁谈的、哪天谈的；署不署名由 ${other} 定。${guessable.zh}`,
          `Only if ${other} agrees does the secretary see these words, without who talked or when; whether they are signed is up to ${other}. ${guessable.en}`,
        ),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(it.branchName) },
  )
}

export async function openedWorry(ctx: Context, { talk }: { talk: string }): Promise<PressAnswer> {
  const { db, actor, box, it } = await ownTalk(ctx, talk)
  const asked = await draftAsked(db, await box.sealing.vault(), it)
  return {
    toast: t('写下原话，对方同意了才提出。', 'Write the words; they are raised only if the other agrees.'),
    mood: 'info',
    card: worryCard(it, actor.id, asked?.askedBy === actor.id ? asked.words : null),
  }
}

export async function askedWorry(ctx: Context, { talk }: { talk: string }, { worry }: { worry?: string | null }): Promise<PressAnswer> {
  const { db, actor, now, box, it } = await ownTalk(ctx, talk)
  const vault = await box.sealing.vault()
  await askToRaise(db, vault, it, worry ?? '', actor, now)
  const asked = await draftAsked(db, vault, it)
  return {
    toast: t('已请对方过目；同意了书记才看得到。', 'The other is asked; the secretary sees it only if they agree.'),
    mood: 'success',
    card: worryCard(it, actor.id, asked?.words ?? null),
  }
}

/** Nothing is left to show once it was answered, or where nobody can open the words. */
export async function worryAskedCard(
  db: Db,
  { talk, member }: { talk: string; member: string },
  box: BallotDeps | undefined,
): Promise<Card | null> {
  const [it] = await lookUp(db, [talkAsItStands(db, talk)])
  if (!it || !box || !counts(it)) return null
  const draft = await draftAsked(db, await box.sealing.vault(), it)
  if (!draft || draft.askedBy === member) return null
  const answer = (said: WorryAnswer) => answerWorry.value({ talk, version: draft.version, answer: said })
  const by = literal(otherOf(it, member).name)
  return card(
    t(`${by} 想把这句话提给书记`, `${by} would raise this with the secretary`),
    [
      words(typedLines(draft.words)),
      row(
        button(t('同意提出', 'Agree'), answer('unsigned'), { type: 'primary' }),
        button(t('署名提出', 'Agree and sign'), answer('signed')),
        button(t('不提', 'No'), answer('no')),
      ),
      note(
        t(
          `按了同意，书记看到的就是这句原话，看不到是谁谈的、哪天谈的；「署名」会写上你的名字。${guessable.zh}`,
          `If you agree, the secretary sees exactly these words, without who talked or when; “sign” puts your name to them. ${guessable.en}`,
        ),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(it.branchName) },
  )
}

export async function answeredWorry(
  ctx: Context,
  { talk, version, answer }: { talk: string; version: number; answer: WorryAnswer },
): Promise<PressAnswer> {
  const { db, actor, now, box, it } = await ownTalk(ctx, talk)
  await giveAnswer(db, await box.sealing.vault(), it, { version, answer }, actor, now, box.random)
  const said =
    answer === 'no'
      ? t('没有提出，文字已经删了。', 'It was not raised, and the words are deleted.')
      : t(
          '已提出，书记看得到这句原话；这里不再显示。',
          'It was raised, and the secretary sees the words; they are not shown here any more.',
        )
  return { toast: said, mood: 'success', card: sentence(said) }
}
