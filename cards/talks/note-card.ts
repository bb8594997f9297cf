import { lookUp } from '../../db/client.ts'
import { deleteNote, type Note, type NotesSeen, notesSeen, ofPairOrRefuse, readShared, writeNote } from '../../db/talks/notes.ts'
import { otherOf, type TalkAsItStands, talkAsItStands } from '../../db/talks/state.ts'
import { button, type Card, card, lines, note, row, words } from '../../src/card.ts'
import { type Context, type KnownContext, mayOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { form, input, select } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { LONGEST_NOTE } from '../../src/rules/talks/words.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, labelled, literal, type Text, t } from '../../src/text.ts'
import { deleteNote as deleteButton, openNote, openTalk, readNote, saveNote } from './buttons.ts'

/** Words as they were typed: their lines stay lines. */
export const typedLines = (typed: string): Text => {
  const all = typed.split('\n').map(literal).join('\n')
  return t(all, all)
}

/** One of the two about their own talk; everybody else is told that there is none. */
export async function ownTalk(ctx: Context, talk: string): Promise<KnownContext & { it: TalkAsItStands }> {
  const known = memberOrRefuse(ctx)
  mayOrRefuse(known.actor, 'talk', { unit: known.actor.unit })
  const [it] = await lookUp(ctx.db, [talkAsItStands(ctx.db, talk)])
  return { ...known, it: ofPairOrRefuse(it, known.actor.id) }
}

export const talkTitle = (what: Text, it: TalkAsItStands, member: string): Text =>
  labelled(what, labelled(asWritten(otherOf(it, member).name), spokenDay(it.onDay), ' · '), ' · ')

const whose = (isShared: boolean): Text => (isShared ? t('两人共享', 'Shared by the two') : t('只给自己看', 'For yourself alone'))

const kept = ({ isShared, goesOn }: Pick<Note, 'isShared' | 'goesOn'>): Text => {
  const [year, on] = [goesOn.slice(0, 4), spokenDay(goesOn)]
  return t(
    `${whose(isShared).zh}，别人（包括书记、上级和管理员）看不到；${year}年${on.zh}自动删除。`,
    `${whose(isShared).en}; nobody else sees it, the secretary, the level above and administrators included. It is deleted on ${on.en} ${year}.`,
  )
}

const back = (it: TalkAsItStands) => button(t('返回', 'Back'), openTalk.value({ talk: it.id }))

export function noteCard(it: TalkAsItStands, member: string, { own, isOtherShared }: NotesSeen, isWriting: boolean): Card {
  const other = otherOf(it, member)
  const showsForm = isWriting || !own
  return card(
    talkTitle(t('谈心记录', 'Note'), it, member),
    [
      own && !showsForm ? words(typedLines(own.words)) : null,
      own && !showsForm ? note(kept(own)) : null,
      showsForm
        ? form(
            'note',
            [
              input('words', t(`记一笔（最多 ${LONGEST_NOTE} 字）`, `Your note (at most ${LONGEST_NOTE} characters)`), {
                value: own?.words,
                required: true,
                most: LONGEST_NOTE,
                rows: 5,
                hint: t('想记的写下来，不收链接和图片', 'In words; links and images are not taken'),
              }),
              select(
                'shared',
                t('给谁看', 'For whom'),
                [
                  { label: whose(false), value: 'own' },
                  { label: whose(true), value: 'both' },
                ],
                { chosen: own?.isShared ? 'both' : 'own' },
              ),
            ],
            { label: t('保存', 'Save'), value: saveNote.value({ talk: it.id }) },
          )
        : null,
      row(
        ...(own && !showsForm
          ? [
              button(t('改…', 'Change…'), openNote.value({ talk: it.id, isWriting: true })),
              button(t('删除', 'Delete'), deleteButton.value({ talk: it.id }), {
                type: 'danger',
                confirm: {
                  title: t('删除记录', 'Delete the note'),
                  text: t('马上删除，找不回来。', 'It is gone at once and cannot be brought back.'),
                },
              }),
            ]
          : []),
        ...(isOtherShared
          ? [button(t(`看${literal(other.name)}写的`, `Read ${literal(other.name)}’s`), readNote.value({ talk: it.id }))]
          : []),
        back(it),
      ),
      showsForm
        ? note(
            t(
              '记不记都可以，不计分。加密保存，到期自动删除；看完按「返回」，卡片上就没有了。',
              'Notes are as you like and never scored. They are kept encrypted and deleted in time; press “Back” and they are off the card.',
            ),
          )
        : null,
    ],
    { colour: 'turquoise', subtitle: asWritten(it.branchName) },
  )
}

export async function openedNote(ctx: Context, { talk, isWriting = false }: { talk: string; isWriting?: boolean }): Promise<PressAnswer> {
  const { db, actor, now, box, it } = await ownTalk(ctx, talk)
  const seen = await notesSeen(db, await box.sealing.vault(), it, actor, now)
  return {
    toast: seen.own ? t('这是你的记录。', 'This is your note.') : t('还没有记录。', 'There is no note of yours yet.'),
    mood: 'info',
    card: noteCard(it, actor.id, seen, isWriting),
  }
}

export async function savedNote(
  ctx: Context,
  { talk }: { talk: string },
  filled: { words?: string | null; shared?: string | null },
): Promise<PressAnswer> {
  const { db, actor, now, box, it } = await ownTalk(ctx, talk)
  const vault = await box.sealing.vault()
  const typed = { words: filled.words ?? '', isShared: filled.shared === 'both' }
  const own = await writeNote(db, vault, it, typed, actor, now)
  const { isOtherShared } = await notesSeen(db, vault, it, actor, now)
  return {
    toast: own.isShared
      ? t('已保存，只有你们两位能看。', 'Saved, for the two of you alone.')
      : t('已保存，只有你能看。', 'Saved, for you alone.'),
    mood: 'success',
    card: noteCard(it, actor.id, { own, isOtherShared }, false),
  }
}

export async function sharedNote(ctx: Context, { talk }: { talk: string }): Promise<PressAnswer> {
  const { db, actor, now, box, it } = await ownTalk(ctx, talk)
  const shared = await readShared(db, await box.sealing.vault(), it, actor, now)
  const { name } = otherOf(it, actor.id)
  return {
    toast: t('这是对方共享的记录。', 'This is the note that the other shares.'),
    mood: 'info',
    card: card(
      talkTitle(t('共享的记录', 'A shared note'), it, actor.id),
      [
        lines(t(`**${literal(name)}** 写的：`, `By **${literal(name)}**:`)),
        words(typedLines(shared.words)),
        note(kept(shared)),
        row(button(t('我的记录', 'My note'), openNote.value({ talk })), back(it)),
      ],
      { colour: 'turquoise', subtitle: asWritten(it.branchName) },
    ),
  }
}

export async function deletedNote(ctx: Context, { talk }: { talk: string }): Promise<PressAnswer> {
  const { db, actor, now, box, it } = await ownTalk(ctx, talk)
  await deleteNote(db, it, actor, now)
  const seen = await notesSeen(db, await box.sealing.vault(), it, actor, now)
  return { toast: t('已删除。', 'Deleted.'), mood: 'success', card: noteCard(it, actor.id, seen, false) }
}
