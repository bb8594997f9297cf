import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { papering } from '../../db/talks/asking.ts'
import * as messages from '../../db/talks/messages.ts'
import { paperSubject } from '../../db/talks/messages.ts'
import { attesterFor } from '../../db/talks/people.ts'
import { isOfPair, otherOf, ownOf, type TalkAsItStands, talkAsItStands } from '../../db/talks/state.ts'
import { attestTalk, TalkMoved, takeBackTalk } from '../../db/talks/talks.ts'
import { button, type Card, card, lines, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, mayOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form, input } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { stateOfTalk } from '../../src/rules/talks/state.ts'
import { asWritten, clipped, literal, t } from '../../src/text.ts'
import { talkSaidAs } from '../../src/words/talks.ts'
import { attestPaper, unattestPaper } from './buttons.ts'

const LONGEST_REFERENCE = 80

const placeOfTalk = ({ branch, unit, lineage }: TalkAsItStands) => placeOf({ id: branch, unit, lineage })

/** For the committee member who sees the paper that both signed, because one of them gets no messages. */
export function paperCard(it: TalkAsItStands, now: Date): Card {
  const [one, other] = [ownOf(it, it.claimedBy), otherOf(it, it.claimedBy)]
  const state = stateOfTalk(it, now)
  const names = t(`${literal(one.name)}、${literal(other.name)}`, `${literal(one.name)} and ${literal(other.name)}`)
  return card(
    t('凭签字登记谈心', 'A talk by signed paper'),
    [
      lines(t(`**${names.zh}**　${talkSaidAs(it).zh}`, `**${names.en}**  ${talkSaidAs(it).en}`)),
      state === 'claimed'
        ? lines(
            t(
              `${literal(other.name)}收不到飞书消息。请看双方签字的纸，看过再登记。`,
              `${literal(other.name)} gets no messages in Feishu. Please look at the paper that both signed, then register it.`,
            ),
          )
        : null,
      state === 'claimed'
        ? form(
            'paper',
            [input('reference', t('在哪里、编号', 'Where it is kept, and its number'), { required: true, most: LONGEST_REFERENCE })],
            { label: t('签字看过，登记', 'I have seen it: register'), value: attestPaper.value({ talk: it.id }) },
          )
        : null,
      it.attestedBy
        ? lines(t(`**已登记**：${literal(it.attestedReference ?? '')}`, `**Registered**: ${literal(it.attestedReference ?? '')}`))
        : null,
      it.undoAskedBy ? lines(t('申请撤回：', 'Asked to take it back:')) : null,
      it.undoAskedBy ? button(t('同意撤回', 'Agree'), unattestPaper.value({ talk: it.id })) : null,
      state === 'withdrawn' ? lines(t('已撤回，不计数。', 'Taken back; it does not count.')) : null,
      note(t('内容不看、不记，只认签字。', 'Nothing of what was said is seen or kept, only the signatures.')),
    ],
    { colour: state === 'claimed' ? 'blue' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

export async function shownPaper(db: Db, { talk, viewer }: { talk: string; viewer: string }, now: Date): Promise<Card | null> {
  const [it, [actor]] = await lookUp(db, [talkAsItStands(db, talk), actorById(db, viewer)])
  return it && !isOfPair(it, viewer) && may(actor ?? null, 'attestTalk', placeOfTalk(it)) ? paperCard(it, now) : null
}

interface Sent {
  talk: string
}

/** The one who registered the talk sends the paper's card to somebody of the committee, once a talk. */
export async function askedPaper(ctx: Context, { talk }: Sent): Promise<PressAnswer> {
  const { actor, db, now } = memberOrRefuse(ctx)
  mayOrRefuse(actor, 'talk', { unit: actor.unit })
  const [it] = await lookUp(db, [talkAsItStands(db, talk)])
  if (!it || it.claimedBy !== actor.id) refuse('由登记的人来办。', 'Whoever registered the talk does this.')
  if (stateOfTalk(it, now) !== 'claimed' || it.kind === 'care')
    refuse('这次谈心不用再凭签字登记。', 'This talk is not registered by paper.')
  const [[attester]] = await lookUp(db, [attesterFor(db, it.branch, [it.a.id, it.b.id])])
  if (!attester) refuse('支委里没有第三个人能看签字。', 'There is no third person on the committee to look at the paper.')
  await together(db, [papering(db, it, attester, 'ask', now)])
  return { toast: t(`已请${attester.name}看签字。`, `${attester.name} is asked to look at the paper.`), mood: 'success' }
}

/** The talk on the card, for somebody of its committee. */
async function paperFor(ctx: Context, talk: string) {
  const here = memberOrRefuse(ctx)
  const [found] = await lookUp(here.db, [talkAsItStands(here.db, talk)])
  return { here, it: foundOrRefuse(here.actor, 'attestTalk', found, placeOfTalk) }
}

/** The paper's card for whoever presses: from the digest, or their own list. */
export async function sentPaper(ctx: Context, { talk }: Sent): Promise<PressAnswer> {
  const { here, it } = await paperFor(ctx, talk)
  if (isOfPair(it, here.actor.id)) refuse('签字由不是当事人的支委来看。', 'Somebody who is not of the pair looks at the paper.')
  await together(here.db, [reply(privately(ctx), messages.talkPaper({ subject: paperSubject(it.id), talk: it.id, viewer: here.actor.id }))])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}

export async function attestedPaper(ctx: Context, { talk }: Sent, filled: { reference?: string | null }): Promise<PressAnswer> {
  const { here, it } = await paperFor(ctx, talk)
  if (isOfPair(it, here.actor.id)) refuse('签字由不是当事人的支委来看。', 'Somebody who is not of the pair looks at the paper.')
  const reference = clipped(filled.reference ?? '', LONGEST_REFERENCE)
  if (reference === '') refuse('请写明签字的纸在哪里、编号。', 'Please say where the paper is kept, and its number.')
  const after = await attestTalk(here.db, it, reference, here.actor, here.now).catch(movedOn)
  return { toast: t('已登记。', 'Registered.'), mood: 'success', card: paperCard(after, here.now) }
}

/** The one who saw the paper is the second hand when it is taken back, for the other cannot press. */
export async function unattestedPaper(ctx: Context, { talk }: Sent): Promise<PressAnswer> {
  const { here, it } = await paperFor(ctx, talk)
  if (it.attestedBy !== here.actor.id) refuse('由看过签字的人来办。', 'Whoever saw the paper does this.')
  const after = await takeBackTalk(here.db, it, here.actor, here.now).catch(movedOn)
  return { toast: t('已撤回。', 'Taken back.'), mood: 'success', card: paperCard(after, here.now) }
}

function movedOn(error: unknown): never {
  if (error instanceof TalkMoved) refuse('这次谈心刚刚已经变了，请再看一下。', 'This talk has changed meanwhile; please look again.')
  throw error
}
