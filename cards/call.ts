import * as z from 'zod'
import { lookUp, statementOf } from '../db/client.ts'
import { callGathering } from '../db/conduct.ts'
import { branchById } from '../db/units.ts'
import { day, isDay, moment, time } from '../src/calendar.ts'
import { type Card, card, form, input, lines, note, pickDateTime, select, sentence } from '../src/card.ts'
import { known, placeOf, theirs } from '../src/context.ts'
import { id, press } from '../src/press.ts'
import { refuse } from '../src/refusal.ts'
import { callable, gatheringKinds } from '../src/rules/gatherings.ts'
import { spokenMoment } from '../src/spoken.ts'
import { asWritten, both, clipped, type Text, t } from '../src/text.ts'
import { view } from '../src/view.ts'

/** What was understood of the line that called a meeting; the rest is for the form. */
const understood = z.object({
  branch: id,
  /** The id of the gathering that the form will make: sent twice, it makes one. */
  gathering: id,
  kind: z.enum(callable).optional(),
  /** Beijing's wall clock, `'2026-10-08 15:00'`. */
  startsAt: z.string().optional(),
  place: z.string().optional(),
  why: z.object({ zh: z.string(), en: z.string() }).optional(),
})
export type Understood = z.infer<typeof understood>

/** The form that opens when something is missing or can be read two ways, filled in as far as it was understood. */
export function callFormCard(branchName: string, { branch, gathering, kind, startsAt, place, why }: Understood): Card {
  return card(
    t('召集会议', 'Call a meeting'),
    [
      why ? lines(why) : lines(t('请补全下面几项，再按「召集」。', 'Please fill in what is missing, then press “Call”.')),
      form(
        'call',
        [
          select('kind', t('什么会', 'Which meeting'), kinds(), { chosen: kind, required: true }),
          pickDateTime('starts', t('什么时间', 'When'), { chosen: startsAt, required: true }),
          input('place', t('地点', 'Where'), { value: place, most: 60 }),
        ],
        { label: t('召集', 'Call'), value: submitCall.value({ branch, gathering }) },
      ),
      note(t('下次可以一句话：/会议 支委会 周五 15:00 三楼会议室', 'Next time in one line: /meeting committee Fri 3pm room 3')),
    ],
    { subtitle: asWritten(branchName) },
  )
}

const kinds = () => callable.map((kind) => ({ label: gatheringKinds[kind].name, value: kind }))

export const callForm = view({
  name: 'callForm',
  takes: understood,
  async show(db, args) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    return branch ? callFormCard(branch.name, args) : null
  },
})

export const submitCall = press({
  name: 'call.submit',
  rights: ['callGathering'],
  sends: z.object({ branch: id, gathering: id }),
  fills: z.object({ kind: z.string().nullish(), starts: z.string().nullish(), place: z.string().nullish() }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, sent, [[found]], filled) {
    const { actor, db, now } = known(ctx)
    const branch = theirs(actor, 'callGathering', found, placeOf)
    const kind = callable.find((one) => one === filled.kind)
    if (!kind) refuse('请选择开什么会。', 'Please choose which meeting.')
    const startsAt = pickedMoment(filled.starts)
    if (!startsAt) refuse('请选择日期和时间。', 'Please choose a date and a time.')

    const place = clipped(filled.place ?? '', 60)
    const { postedTo } = await callGathering(db, { id: sent.gathering, branch: branch.id, kind, place, startsAt }, actor, now)
    const said = called(gatheringKinds[kind].name, startsAt, postedTo)
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

/** The picker sends `'2024-04-29 07:07 +0800'`. */
function pickedMoment(picked: string | null | undefined): Date | null {
  const [, on, at] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:[0-5]\d)(?: \+0800)?$/.exec(picked ?? '') ?? []
  return on && at && isDay(on) && at < '24:00' ? moment(on, at) : null
}

export const called = (kind: Text, startsAt: Date, postedTo: number): Text =>
  both((l) =>
    l === 'zh'
      ? `已召集：${kind.zh}，${spokenMoment(startsAt).zh}。${postedTo > 0 ? '签到卡片已发到群里。' : '支部还没有绑定群，请在群里说「/绑定」。'}`
      : `Called: ${kind.en}, ${spokenMoment(startsAt).en}. ${postedTo > 0 ? 'The check-in card is in the group.' : 'No chat is bound to the branch yet; say “/bind” in the group.'}`,
  )

export const asPicked = (at: Date) => `${day(at)} ${time(at)}`
