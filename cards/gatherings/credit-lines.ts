import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { button, type Element, lines, note, row } from '../../src/card.ts'
import { type AgendaTag, agendaTagNames } from '../../src/rules/gatherings/agenda.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { quorumOf } from '../../src/rules/gatherings/quorum.ts'
import { couldRideAlong, creditsOf, type PartId, partOf } from '../../src/rules/standards/standards.ts'
import { both, listed, type Text, t } from '../../src/text.ts'

interface Held {
  kind: GatheringKind
  agenda: readonly { tags: readonly AgendaTag[]; wasHeld: boolean | null }[]
  closedAt: Date | null
  isQuorate: boolean | null
}

/** Before the close a planned item counts until somebody strikes it; after the close only held items count. */
const tagsOf = ({ agenda, closedAt }: Held) =>
  agenda.filter(({ wasHeld }) => (closedAt ? wasHeld === true : wasHeld !== false)).flatMap(({ tags }) => tags)

const named = (parts: readonly PartId[]): Text =>
  listed(
    parts.map((part) =>
      both((l) =>
        l === 'zh'
          ? `标准（${partOf(part).standard}）${partOf(part).name.zh}`
          : `standard (${partOf(part).standard}) ${partOf(part).name.en}`,
      ),
    ),
  )

/** A gathering as one of its branches sees it: each branch has its own quorum and is credited by it. */
export function seenFrom(it: GatheringAsItStands, branch = it.branch): GatheringAsItStands {
  const own = it.branches.length > 1 ? it.branches.find(({ id }) => id === branch) : undefined
  return it.closedAt && own ? { ...it, isQuorate: own.isQuorate ?? quorumOf(it.kind, own).isQuorate } : it
}

/** The standards that a gathering credits: as planned before the close, as it was held after it. */
export function creditsSaid(it: Held): Text {
  const { zh, en } = named(creditsOf(it.kind, tagsOf(it)))
  if (!it.closedAt)
    return zh === ''
      ? t('会后存入台账。', 'Goes into the branch’s records.')
      : t(`会议有效召开后计入${zh}。`, `Once validly held it counts for ${en}.`)
  if (zh === '') return t('已存入台账。', 'In the branch’s records.')
  return it.isQuorate
    ? t(`已计入${zh}。`, `Counted for ${en}.`)
    : t(`人数不足，不计入${zh}。`, `Too few came, so it does not count for ${en}.`)
}

/** The standards that a meeting about to be called would credit, and the items that would credit more. */
export function creditsOfKind(kind: GatheringKind, tags: readonly AgendaTag[]): Element {
  const [will, more] = [named(creditsOf(kind, tags)), riding(kind, tags)]
  return note(
    both((l) =>
      [will[l] && t(`将计入${will.zh}。`, `It will count for ${will.en}.`)[l], more?.[l]].filter(Boolean).join(l === 'zh' ? '' : ' '),
    ),
  )
}

/** One event can credit many duties; those that our records prove by an item come first. */
const ridingAlong = (kind: GatheringKind, tags: readonly AgendaTag[]) =>
  couldRideAlong(kind, tags).sort((a, b) => Number(partOf(b.part).proof === 'record') - Number(partOf(a.part).proof === 'record'))

const MOST_NAMED = 4

function riding(kind: GatheringKind, tags: readonly AgendaTag[]): Text | null {
  const more = ridingAlong(kind, tags).slice(0, MOST_NAMED)
  if (more.length === 0) return null
  const { zh, en } = listed(
    more.map(({ tag, part }) =>
      t(`${agendaTagNames[tag].zh}（${partOf(part).standard}）`, `${agendaTagNames[tag].en} (${partOf(part).standard})`),
    ),
  )
  return t(`加上这些议题还能一并完成：${zh}。`, `These items would ride along: ${en}.`)
}

const MOST_BUTTONS = 2

/** The host sees what the meeting credits. Until the close, one tap adds an item that closes another standard. */
export function creditRows(it: Held, add: (tag: AgendaTag) => object): Element[] {
  const more = it.closedAt ? [] : ridingAlong(it.kind, tagsOf(it)).filter(({ part }) => partOf(part).proof === 'record')
  return [
    lines(creditsSaid(it)),
    ...(more.length > 0
      ? [
          row(
            ...more
              .slice(0, MOST_BUTTONS)
              .map(({ tag, part }) =>
                button(
                  t(
                    `加议题：${agendaTagNames[tag].zh}（${partOf(part).standard}）`,
                    `Add: ${agendaTagNames[tag].en} (${partOf(part).standard})`,
                  ),
                  add(tag),
                ),
              ),
          ),
        ]
      : []),
  ]
}
