import { type Db, lookUp } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { time } from '../calendar.ts'
import { opensAt, punctualityAt } from '../rules/gatherings/attendance.ts'
import { gatheringKinds, isOpen } from '../rules/gatherings/gatherings.ts'
import { codeChangesAt, roomCode, WINDOW_MS } from '../rules/gatherings/room-code.ts'
import { spokenSpan } from '../spoken.ts'
import { type Text, t } from '../text.ts'
import { Shell } from './page.tsx'
import { script } from './room-code-script.ts'
import type { WebPage } from './visit.ts'

/** Shows the room's code on its screen, in both languages. It counts down by our clock, whatever time the projector shows. */
export const roomCodePage: WebPage = {
  kind: 'roomCode',
  async show(visit) {
    const it = await underway(visit.db, visit.link.subject, visit.now)
    if (!it) return null
    const { code, left, count, state } = figuresOf(it, visit.now)
    const { name } = gatheringKinds[it.kind]
    const span = spokenSpan(it.startsAt, it.endsAt)
    return (
      <Shell frame={visit} look="screen" title={`${name.zh} · ${it.branchName} · 现场码`} script={script} againAfter={5}>
        <main id="room" data-now={`${visit.path}/now`} data-left={String(left)} data-window={String(WINDOW_MS)}>
          <header>
            <h1>
              <span>{name.zh}</span>
              <span lang="en">{name.en}</span>
            </h1>
            <p class="where">
              {[...it.branches.map(({ name }) => name), it.groupName, it.place].filter(Boolean).map((words) => (
                <span>{words}</span>
              ))}
            </p>
            <p class="where">
              <span>{span.zh}</span>
              <span lang="en">{span.en}</span>
            </p>
          </header>
          <div class="digits">
            <p>
              <span>按群里卡片上的“签到”，再输入</span>
              <span lang="en">Press 签到 on the card in the group, then enter</span>
            </p>
            <strong id="code" aria-live="polite">
              {code}
            </strong>
            <svg id="bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
              <rect class="track" width="100" height="2" />
              <rect class="bar" width={String((left / WINDOW_MS) * 100)} height="2" />
            </svg>
            <p role="timer">
              <span>
                <b class="left">{Math.ceil(left / 1000)}</b> 秒后换新
              </span>
              <span lang="en">
                new code in <b class="left">{Math.ceil(left / 1000)}</b> s
              </span>
            </p>
            <p class="small">
              <span>旧码再管 5 分钟</span>
              <span lang="en">the old one counts 5 minutes more</span>
            </p>
            <p id="unheard" role="status" />
          </div>
          <div class="counts">
            <div>
              <p>
                <span>签到</span>
                <span lang="en">Checked in</span>
              </p>
              <strong id="count">{count}</strong>
            </div>
            <div>
              <p id="zh">{state.zh}</p>
              <p id="en" lang="en">
                {state.en}
              </p>
            </div>
          </div>
        </main>
      </Shell>
    )
  },
  figures: {
    async now({ db, link, now }) {
      const it = await underway(db, link.subject, now)
      return it && figuresOf(it, now)
    },
  },
}

/** The link ends with the gathering, however that ends. */
async function underway(db: Db, gathering: string, now: Date): Promise<(GatheringAsItStands & { roomSecret: string }) | null> {
  const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
  if (!it?.roomSecret || it.closedAt || it.cancelledAt || now >= it.endsAt) return null
  return { ...it, roomSecret: it.roomSecret }
}

/** The remaining time is a duration, so that nobody's clock is compared with ours. */
const figuresOf = (it: GatheringAsItStands & { roomSecret: string }, now: Date) => ({
  code: roomCode(it.roomSecret, now),
  left: codeChangesAt(now).getTime() - now.getTime(),
  count: isOpen(it.kind) ? String(it.present) : `${it.present} / ${it.expected}`,
  state: stateOf(it, now),
})

function stateOf(it: GatheringAsItStands, now: Date): Text {
  const punctuality = punctualityAt(it, now)
  const [opens, starts] = [time(opensAt(it)), time(it.startsAt)]
  if (punctuality === 'early') return t(`${opens} 开始签到`, `Check-in opens at ${opens}`)
  if (punctuality === 'on time') return t(`正在签到，${starts} 后记为迟到`, `Check-in is open; late after ${starts}`)
  return t('会议进行中，现在签到记为迟到', 'The meeting has begun; now it counts as late')
}
