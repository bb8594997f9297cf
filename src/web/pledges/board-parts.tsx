import type { BoardArea, BoardGathering, BoardPerson } from '../../../db/pledges/board.ts'
import { gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import { PEOPLE_A_SLIDE } from '../../rules/pledges/showing.ts'
import { seatNames } from '../../rules/roster/names.ts'
import { spokenMoment } from '../../spoken.ts'
import { type Text, t } from '../../text.ts'

type Say = (text: Text) => string

export const chunked = <T,>(all: readonly T[], many: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / many) }, (_, nth) => all.slice(nth * many, (nth + 1) * many))

/** The lines of somebody's points where so many characters stand in one. A card of eight is narrow. */
const linesOf = ({ points }: BoardPerson, wide: number) => points.reduce((sum, { words }) => sum + Math.ceil([...words].length / wide), 0)
const isDense = (one: BoardPerson) => linesOf(one, 16) > 5
const isBrimful = (one: BoardPerson) => linesOf(one, 19) > 8

/** Eight people a slide, and half as many where somebody's points need more room. */
export function slidesOf(people: readonly BoardPerson[]): BoardPerson[][] {
  const slides: BoardPerson[][] = []
  for (let from = 0; from < people.length; ) {
    const next = people.slice(from, from + PEOPLE_A_SLIDE)
    const slide = next.some(isBrimful) ? next.slice(0, PEOPLE_A_SLIDE / 2) : next
    slides.push(slide)
    from += slide.length
  }
  return slides
}

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
  const isFull = people.some(isBrimful)
  const columns = people.length <= 3 ? people.length : people.length === 4 ? (isFull ? 4 : 2) : people.length <= 6 ? 3 : 4
  const size = people.some(isDense) ? 'dense' : people.length <= FEW && 'few'
  return ['people', `c${columns}`, size].filter(Boolean).join(' ')
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

/** More than these do not fit on one screen. */
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
