import * as z from 'zod'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { ownPart } from '../../db/gatherings/attendance.ts'
import { refuseUnexpected } from '../../db/gatherings/check-in.ts'
import { checkInByCode, codeAskedBy, codeTries } from '../../db/gatherings/room-code.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { record } from '../../db/ledgers/audit.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { time } from '../../src/calendar.ts'
import { button, type Card, card, type Element, lines, note, opens, sentence } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form, input } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { codeChangesAt, codeSince, roomCode } from '../../src/rules/gatherings/room-code.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { type Pages, view } from '../../src/view.ts'

/** A group's card is one for all, hence the code is entered on a card of one's own. */
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
    labelled(t('签到', 'Check in'), gatheringKinds[it.kind].name, ' · '),
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

/** The page for the room's screen; null where it is of no use. Its link ends with the gathering. */
async function screenOf(pages: Pages, it: GatheringAsItStands, madeBy: string, now: Date): Promise<string | null> {
  if (!it.roomSecret || it.closedAt || it.cancelledAt || now >= it.endsAt) return null
  return pages.url({ unit: it.unit, kind: 'roomCode', subject: it.id, madeBy, madeAt: now, expiresAt: it.endsAt })
}

/** The room's code on the host's cards: the page for a screen, and the digits once they were asked for. */
export interface RoomShown {
  screen: string | null
  code: { digits: string; until: string } | null
}

export const nothingShown: RoomShown = { screen: null, code: null }

/** The digits stay on the card until they change, whoever brings the card up to date meanwhile. */
export async function roomShown(db: Db, pages: Pages, it: GatheringAsItStands, viewer: string, now: Date): Promise<RoomShown> {
  const screen = await screenOf(pages, it, viewer, now)
  if (!it.roomSecret || it.closedAt || it.cancelledAt) return { screen, code: null }
  const [asked] = await lookUp(db, [codeAskedBy(db, it.id, viewer, codeSince(now))])
  return { screen, code: asked.length > 0 ? codeNow(it.roomSecret, now) : null }
}

const codeNow = (secret: string, now: Date) => ({ digits: roomCode(secret, now), until: time(codeChangesAt(now)) })

/** The host shows the code on the room's screen, or reads it out. */
export const codeRows = (it: GatheringAsItStands, { screen, code }: RoomShown, show: object, isMain: boolean): Element[] =>
  it.roomSecret
    ? [
        ...(code ? [codeLine(code)] : []),
        ...(screen
          ? [opens(t('投屏显示现场码', 'Show the code on a screen'), screen, { type: isMain ? 'primary' : 'default', wide: true })]
          : []),
        button(code ? t('换新后再看', 'Show it again once it has changed') : t('看现场码', 'Show the room code'), show, {
          type: isMain && !screen ? 'primary' : 'default',
          wide: true,
        }),
      ]
    : []

const codeLine = ({ digits, until }: NonNullable<RoomShown['code']>): Element =>
  lines(
    t(
      `**现场码 ${digits}**　${until} 换新；旧码 5 分钟内仍有效。`,
      `**Room code ${digits}** until ${until}; it counts for 5 minutes more.`,
    ),
  )

/** Notes who looked, and gives the digits to the card in the host's own chat. */
export async function lookAtCode(ctx: Context, found: GatheringAsItStands | undefined) {
  const { actor, db, now, pages } = memberOrRefuse(ctx)
  const it = foundOrRefuse(actor, 'markPresent', found, placeOfGathering)
  if (!it.roomSecret || it.closedAt || it.cancelledAt) refuse('这次会议现在不用现场码。', 'This meeting needs no room code now.')
  await together(db, [record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'gathering.showCode', subject: it.id })])
  const code = codeNow(it.roomSecret, now)
  return {
    it,
    room: { screen: await screenOf(pages, it, actor.id, now), code },
    said: t(`现场码 ${code.digits}，${code.until} 换新。`, `Room code ${code.digits}, until ${code.until}.`),
  }
}
