import type { BoardArea, BoardGathering, BoardPerson } from '../../../db/pledges/board.ts'
import { gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import { seatNames } from '../../rules/roster/names.ts'
import { spokenMoment } from '../../spoken.ts'
import { type Text, t } from '../../text.ts'

type Say = (text: Text) => string

export const chunked = <T,>(all: readonly T[], many: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / many) }, (_, nth) => all.slice(nth * many, (nth + 1) * many))

/** More words than these in one person’s points need smaller type on a screen. */
const DENSE = 90
const FEW = 3

interface PeopleProps {
  say: Say
  people: readonly BoardPerson[]
  /** Absent on a sheet, which has a title of its own. */
  title?: string
  nth?: number
  of?: number
}

function looks(people: readonly BoardPerson[]): string {
  const isDense = people.some(({ points }) => points.reduce((sum, { words }) => sum + Math.max(14, words.length), 0) > DENSE)
  const columns = people.length <= 3 ? people.length : people.length === 4 ? 2 : people.length <= 6 ? 3 : 4
  return ['people', `c${columns}`, people.length <= FEW ? 'few' : isDense && 'dense'].filter(Boolean).join(' ')
}

export function People({ say, people, title, nth = 0, of = 1 }: PeopleProps) {
  const list = (
    <ul class={looks(people)}>
      {people.map((one) => (
        <Person say={say} one={one} />
      ))}
    </ul>
  )
  if (!title) return list
  return (
    <section class="slide" aria-labelledby={`people${nth}`}>
      <h2 id={`people${nth}`}>{of > 1 ? `${title} ${nth + 1}/${of}` : title}</h2>
      {list}
    </section>
  )
}

function Person({ say, one }: { say: Say; one: BoardPerson }) {
  const duties = [...one.seats.flatMap((role) => seatNames[role] ?? []).map(say), ...one.areas]
  return (
    <li class="person">
      <div class="head">
        <span class="mark" aria-hidden="true">
          {[...one.name][0]}
        </span>
        <div>
          <h3>{one.name}</h3>
          {duties.length > 0 && <p class="duty">{duties.join(' · ')}</p>}
        </div>
      </div>
      {one.points.length > 0 && (
        <ol class="points">
          {one.points.map(({ words, isKept }) => (
            <li class={isKept ? 'kept' : undefined}>
              {words}
              {isKept && <span class="sr">{say(t('（做到了）', ' (kept)'))}</span>}
            </li>
          ))}
        </ol>
      )}
    </li>
  )
}

/** So many stand on one screen. */
const AREAS_A_SLIDE = 12
const LINES_A_SLIDE = 3

export function Areas({ say, areas, isKiosk }: { say: Say; areas: readonly BoardArea[]; isKiosk: boolean }) {
  const slides = chunked(areas, isKiosk ? AREAS_A_SLIDE : Math.max(1, areas.length))
  return (
    <>
      {slides.map((here, nth) => (
        <section class="slide" aria-labelledby={`areas${nth}`}>
          <h2 id={`areas${nth}`}>{say(t('党员责任区', 'Duty areas')) + (slides.length > 1 ? ` ${nth + 1}/${slides.length}` : '')}</h2>
          <ul class="areas">
            {here.map(({ name, place, people }) => (
              <li class="area">
                <h3>{name}</h3>
                <p class="where">{place}</p>
                {people.length > 0 && <p class="who">{people.join('、')}</p>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

export function Slogans({ say, lines, isKiosk }: { say: Say; lines: readonly string[]; isKiosk: boolean }) {
  const slides = chunked(lines, isKiosk ? LINES_A_SLIDE : Math.max(1, lines.length))
  return (
    <>
      {slides.map((here, nth) => (
        <section class="slide" aria-labelledby={`lines${nth}`}>
          <h2 id={`lines${nth}`}>
            {say(t('标语和通知', 'Slogans and notices')) + (slides.length > 1 ? ` ${nth + 1}/${slides.length}` : '')}
          </h2>
          <ul class={here.length === 1 ? 'slogans n1' : 'slogans'}>
            {here.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

export function Meetings({ say, all }: { say: Say; all: readonly BoardGathering[] }) {
  if (all.length === 0) return null
  return (
    <section class="slide" aria-labelledby="meetings">
      <h2 id="meetings">{say(t('本月活动', 'This month'))}</h2>
      <ul class="meetings">
        {all.map(({ kind, startsAt, place }) => (
          <li>
            <b>{say(spokenMoment(startsAt))}</b>
            <span class="kind">{say(gatheringKinds[kind].name)}</span>
            {place !== '' && <span class="place">{place}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The address stands under its code, for whoever cannot scan it. */
export const Code = ({ say, url }: { say: Say; url: string }) => (
  <section class="slide" aria-labelledby="code">
    <h2 id="code">{say(t('在手机上看', 'On your phone'))}</h2>
    <div class="code">
      <svg class="qr" role="img" aria-label={say(t('本展板的二维码', 'The code of this board'))}>
        <use href="#address" />
      </svg>
      <p>
        <strong>{say(t('扫一扫，看本支部展板', 'Scan it to see this board'))}</strong>
        <span class="url">{url}</span>
      </p>
    </div>
  </section>
)
