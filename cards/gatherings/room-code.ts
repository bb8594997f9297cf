import * as z from 'zod'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { ownPart } from '../../db/gatherings/attendance.ts'
import { refuseUnexpected } from '../../db/gatherings/check-in.ts'
import { checkInByCode, codeTries } from '../../db/gatherings/room-code.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { record } from '../../db/ledgers/audit.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { time } from '../../src/calendar.ts'
import { button, type Card, card, type Element, form, input, lines, note, opens, sentence } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { codeChangesAt, roomCode } from '../../src/rules/gatherings/room-code.ts'
import { asWritten, both, t } from '../../src/text.ts'
import { type Pages, view } from '../../src/view.ts'

/** Cards in a group are one for all, so the code is entered on a card of one's own. */
export const askCode = ({ db, openId, eventId, now }: Context, gathering: string) =>
  enqueue(db, { occasion: `code ${eventId}`, to: { person: openId }, ...codeForm.args({ gathering }), dueAt: now, lane: 'answer' })

export const codeForm = view({
  name: 'codeForm',
  takes: z.object({ gathering: id }),
  async show(db: Db, { gathering }) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    return it && !it.closedAt && !it.cancelledAt ? codeFormCard(it) : null
  },
})

const codeFormCard = (it: GatheringAsItStands): Card =>
  card(
    both((l) => `${{ zh: '签到', en: 'Check in' }[l]} · ${gatheringKinds[it.kind].name[l]}`),
    [
      lines(t('请输入会议室里公布的 4 位数字。', 'Please enter the 4 digits shown in the room.')),
      form('code', [input('digits', t('现场码', 'Room code'), { required: true, most: 4 })], {
        label: t('签到', 'Check in'),
        value: enterCode.value({ gathering: it.id }),
      }),
      note(
        t(
          '数字每 5 分钟换一次，每人可以试 5 次；也可以在这里说「签到 1234」。',
          'The digits change every 5 minutes; five tries each. Or say “checkin 1234” here.',
        ),
      ),
    ],
    { subtitle: asWritten(it.branchName) },
  )

export const enterCode = press({
  name: 'roomCode.enter',
  rights: ['checkIn'],
  sends: z.object({ gathering: id }),
  fills: z.object({ digits: z.string().max(40).nullish() }),
  look: ({ db, tenantKey, openId }, sent) =>
    [
      gatheringAsItStands(db, sent.gathering),
      ownPart(db, sent.gathering, { tenantKey, openId }),
      statementOf(codeTries(db, sent.gathering, { tenantKey, openId })),
    ] as const,
  async answer(ctx, _sent, [gathering, own, [tried]], { digits }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    if (!gathering || !(own.isExpected || own.punctuality)) refuseUnexpected()
    const entered = await checkInByCode(db, { gathering, own, tries: tried?.tries ?? 0 }, digits ?? '', actor, now, 'press', () => [])
    if (entered.wrong) return { toast: entered.wrong, mood: 'warning' }
    const said =
      entered.punctuality === 'late'
        ? t('签到成功，记为迟到。', 'Checked in, recorded as late.')
        : t('签到成功，准时。', 'Checked in, on time.')
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

/** The address of the page for the room's screen, where one is of use; it ends with the gathering. */
export async function screenOf(pages: Pages, it: GatheringAsItStands, madeBy: string, now: Date): Promise<string | null> {
  if (!it.roomSecret || it.closedAt || it.cancelledAt || now >= it.endsAt) return null
  return pages.url({ unit: it.unit, kind: 'roomCode', subject: it.id, madeBy, madeAt: now, expiresAt: it.endsAt })
}

/** For the host's card: on the room's screen, or read out. */
export const codeButtons = (it: GatheringAsItStands, screen: string | null): Element[] =>
  it.roomSecret
    ? [
        ...(screen ? [opens(t('投屏显示现场码', 'Show the code on a screen'), screen, { type: 'primary', wide: true })] : []),
        button(t('看现场码', 'Show the room code'), showCode.value({ gathering: it.id }), {
          type: screen ? 'default' : 'primary',
          wide: true,
        }),
      ]
    : []

/** For the host to read out, or to write on the board: a word that only they see. */
export const showCode = press({
  name: 'roomCode.show',
  rights: ['markPresent'],
  sends: z.object({ gathering: id }),
  look: ({ db }, sent) => [gatheringAsItStands(db, sent.gathering)] as const,
  async answer(ctx, _sent, [found]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'markPresent', found, placeOfGathering)
    if (!it.roomSecret || it.closedAt || it.cancelledAt) refuse('这次会议现在不用现场码。', 'This meeting needs no room code now.')
    await together(db, [record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'gathering.showCode', subject: it.id })])
    const [code, until] = [roomCode(it.roomSecret, now), time(codeChangesAt(now))]
    return {
      toast: t(`现场码 ${code}，${until} 换新；旧码再多管 5 分钟。`, `Room code ${code} until ${until}; it still counts 5 minutes longer.`),
      mood: 'info',
    }
  },
})
