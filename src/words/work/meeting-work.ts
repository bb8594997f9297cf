import { type Db, lookUp } from '../../../db/client.ts'
import type { GatheringAsItStands } from '../../../db/gatherings/state.ts'
import { countOf, type Decided, decidedIn, decisionsWritten, openToBranch } from '../../../db/work/decided.ts'
import { type EarlierTask, earlierTasks } from '../../../db/work/earlier.ts'
import { day } from '../../calendar.ts'
import { button, type Element, lines, listed, note, row } from '../../card.ts'
import { asWritten, t } from '../../text.ts'
import { taskSaid } from './tasks.ts'

/** The buttons of the cards on which decisions and problems are written and read. */
export interface WorkButtons {
  decisions(part: { gathering: string; branch: string }): object
  problems(part: { gathering: string; branch: string }): object
}

const OPEN_BYTES = 1_500
const DECIDED_BYTES = 1_200

/** The host's card says what became of earlier tasks, as they head the agenda, and what is decided. */
export async function hostWork(db: Db, it: GatheringAsItStands, buttons: WorkButtons, now: Date): Promise<Element[]> {
  if (it.cancelledAt) return []
  const [earlier, written] = await lookUp(db, [earlierTasks(db, it.id, it.branch), decisionsWritten(db, it.id, it.branch)])
  return workShown(it, earlier, decidedIn(it, it.branch, written), buttons, now)
}

export function workShown(
  it: GatheringAsItStands,
  earlier: readonly EarlierTask[],
  decided: Decided,
  buttons: WorkButtons,
  now: Date,
): Element[] {
  const part = { gathering: it.id, branch: it.branch }
  const isOpinion = it.branches.find(({ id }) => id === it.branch)?.isQuorate === false
  return [
    earlierShown(it, earlier, now),
    listed(
      isOpinion ? t('**意见**（到会人数不够，不作决定）', '**Opinions** (too few were there to decide)') : t('**决定**', '**Decisions**'),
      decided.written.map(({ words }) => (words === null ? t('· 另有纸质记录', '· on paper') : asWritten(`· ${words}`))),
      DECIDED_BYTES,
    ),
    now >= it.startsAt
      ? row(
          button(t('决定…', 'Decisions…'), buttons.decisions(part)),
          ...(it.kind === 'life' ? [button(t('查摆的问题…', 'Problems found…'), buttons.problems(part))] : []),
        )
      : null,
  ].filter((element) => element !== null)
}

function earlierShown({ kind }: GatheringAsItStands, earlier: readonly EarlierTask[], now: Date): Element | null {
  if (earlier.length === 0) return null
  const open = earlier.filter(({ isDone }) => !isDone)
  const done = earlier.length - open.length
  const title =
    kind === 'life'
      ? t(
          `**上次查摆的问题 ${earlier.length} 个**：${done} 个已整改、${open.length} 个未改好`,
          `**${earlier.length} problems from before**: ${done} put right, ${open.length} open`,
        )
      : t(
          `**上次的任务 ${earlier.length} 项**：${done} 项办完、${open.length} 项未完`,
          `**${earlier.length} tasks from before**: ${done} done, ${open.length} open`,
        )
  const said = open.map((one) => taskSaid({ ...one, who: one.ownerName }, day(now)))
  return said.length > 0 ? listed(title, said, OPEN_BYTES) : lines(title)
}

/** The chat's card says how many decisions the branch may read. The button brings them to one reader. */
export async function decidedSaid(db: Db, it: GatheringAsItStands, branch: string, read: object): Promise<Element[]> {
  if (it.branches.find(({ id }) => id === branch)?.isQuorate !== true) return []
  const [written] = await lookUp(db, [decisionsWritten(db, it.id, branch)])
  const count = countOf(openToBranch(it, decidedIn(it, branch, written)))
  if (count === 0) return []
  return [
    note(t(`决定 ${count} 项`, `${count} ${count === 1 ? 'decision' : 'decisions'}`)),
    button(t('看决定', 'Read them'), read, { type: 'text' }),
  ]
}
